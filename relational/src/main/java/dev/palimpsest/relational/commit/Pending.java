package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.time.Bookmark;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A request that waits for the committer.
sealed interface Pending {

    /// Characters an item has beside its texts, about.
    int CHARACTERS_OF_AN_ITEM = 500;

    SpaceId space();

    /// How many items it counts for.
    int weight();

    /// How many characters it holds, about.
    default long size() {
        return CHARACTERS_OF_AN_ITEM;
    }

    CompletableFuture<?> future();

    /// Whether it is short, and can as well be asked for again.
    default boolean isWrite() {
        return switch (this) {
            case Write _, NewSpace _ -> true;
            case Forget _, Lift _, TakeIn _ -> false;
        };
    }

    record Write(WriteRequest request, List<Prepared> items, CompletableFuture<WriteResult> future)
            implements Pending {
        public Write {
            items = List.copyOf(items);
        }

        @Override
        public SpaceId space() {
            return request.space();
        }

        @Override
        public int weight() {
            return items.size();
        }

        @Override
        public long size() {
            return request.items().stream().mapToLong(Write::size).sum();
        }

        private static long size(WriteItem item) {
            return CHARACTERS_OF_AN_ITEM
                    + switch (item.action()) {
                        case Action.KeepMemory(Memory memory) ->
                                (long) memory.text().length() + memory.metadata().length();
                        case Action.AssertFact(Statement said) -> size(said);
                        case Action.CorrectFact(var _, Statement said) -> size(said);
                        case Action.DescribeEntity(var _, var said) ->
                                said.stream().mapToLong(Write::size).sum();
                        case Action.RetractFact _,
                                Action.RegisterPredicate _,
                                Action.DescribeSource _ ->
                                0L;
                    };
        }

        private static long size(Statement said) {
            return (long) said.object().canonical().length()
                    + said.qualifiers().statement().map(String::length).orElse(0);
        }

        Write withItems(List<Prepared> others) {
            return new Write(request, others, future);
        }
    }

    /// Something is to be forgotten, or that is only tried.
    record Forget(Forgetting wanted, boolean dryRun, CompletableFuture<Forgetting.Report> future)
            implements Pending {
        @Override
        public SpaceId space() {
            return wanted.space();
        }

        @Override
        public int weight() {
            return 1;
        }
    }

    /// Something forgotten may be taken in again.
    record Lift(Forgetting lifted, CompletableFuture<Boolean> future) implements Pending {
        @Override
        public SpaceId space() {
            return lifted.space();
        }

        @Override
        public int weight() {
            return 1;
        }
    }

    /// A space of another ledger is to become part of this one.
    record TakeIn(Arrival arrival, CompletableFuture<Bookmark> future) implements Pending {
        @Override
        public SpaceId space() {
            return arrival.space();
        }

        @Override
        public int weight() {
            return 1;
        }
    }

    record NewSpace(Space made, CompletableFuture<Boolean> future) implements Pending {
        @Override
        public SpaceId space() {
            return made.id();
        }

        @Override
        public int weight() {
            return 1;
        }
    }
}
