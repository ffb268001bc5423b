package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Space;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A request that waits for the committer.
sealed interface Pending {

    /// How many items it counts for.
    int weight();

    CompletableFuture<?> future();

    record Write(WriteRequest request, List<Prepared> items, CompletableFuture<WriteResult> future)
            implements Pending {
        public Write {
            items = List.copyOf(items);
        }

        @Override
        public int weight() {
            return items.size();
        }

        Write withItems(List<Prepared> others) {
            return new Write(request, others, future);
        }
    }

    /// Something is to be forgotten, or that is only tried.
    record Forget(Forgetting wanted, boolean dryRun, CompletableFuture<Forgetting.Report> future)
            implements Pending {
        @Override
        public int weight() {
            return 1;
        }
    }

    /// Something forgotten may be taken in again.
    record Lift(Forgetting lifted, CompletableFuture<Boolean> future) implements Pending {
        @Override
        public int weight() {
            return 1;
        }
    }

    record NewSpace(Space space, CompletableFuture<Boolean> future) implements Pending {
        @Override
        public int weight() {
            return 1;
        }
    }
}
