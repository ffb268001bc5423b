package dev.palimpsest.query.index;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares projections with the ledger, row by row, while both live on: everything is taken as it
/// was at the position the ledger's scan returned.
public final class Verification {

    /// The most differences a report names.
    static final int MOST_EXAMPLES = 20;

    private static final int SCAN_BATCH = 5_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ChangeFeed feed;
    private final List<Space> spaces;

    public Verification(ChangeFeed feed, List<Space> spaces) {
        this.feed = feed;
        this.spaces = List.copyOf(spaces);
    }

    /// What was found of one projection.
    ///
    /// @param compared rows the ledger says it holds
    /// @param examples the first differences in words
    public record Report(
            String projection, long compared, long differences, List<String> examples) {
        public boolean equal() {
            return differences == 0;
        }
    }

    /// Compares one projection.
    ///
    /// @throws StoreException.Unavailable if it does not catch up within a minute
    public Report compare(Follower follower) throws InterruptedException {
        var projection = follower.projection();
        Map<SpaceId, Map<RowId, HeldRow>> expected = new HashMap<>();
        var at =
                feed.scan(
                        SCAN_BATCH,
                        rows -> {
                            for (var row : rows) {
                                heldBy(projection, row)
                                        .ifPresent(held ->
                                                expected.computeIfAbsent(
                                                                row.space(), _ -> new HashMap<>())
                                                        .put(held.id(), held));
                            }
                        });
        if (!follower.await(at, LONGEST_WAIT)) {
            throw new StoreException.Unavailable(
                    "the " + projection.name() + " index did not reach position " + at.number());
        }
        long compared = 0;
        var findings = new Findings();
        for (var space : spaces) {
            var rows = expected.getOrDefault(space.id(), new HashMap<>());
            rows.values().removeIf(row -> row.fromPosition() > at.number());
            compared += rows.size();
            projection.rows(space.id(), held -> findings.compare(rows, held, at));
            rows.values().forEach(row -> findings.add("missing: " + row));
        }
        return new Report(projection.name(), compared, findings.count, findings.examples);
    }

    private static Optional<HeldRow> heldBy(Projection projection, Row row) {
        if (!projection.holds(row)) {
            return Optional.empty();
        }
        return switch (row) {
            case Row.OfFact fact -> held(fact.version().id(), fact.version().recorded());
            case Row.OfProfile profile ->
                    held(profile.profile().id(), profile.profile().recorded());
            case Row.OfMemory memory -> held(memory.id(), memory.recorded());
            case Row.OfEntity _, Row.OfPredicate _ -> Optional.empty();
        };
    }

    private static Optional<HeldRow> held(RowId id, Recorded recorded) {
        return Optional.of(new HeldRow(id, recorded.fromPosition(), recorded.untilPosition()));
    }

    /// The differences found so far.
    private static final class Findings {
        private final List<String> examples = new ArrayList<>();
        private long count;

        void compare(Map<RowId, HeldRow> expected, HeldRow held, Position at) {
            if (held.fromPosition() > at.number()) {
                return;
            }
            var row = expected.remove(held.id());
            if (row == null) {
                add("not in the ledger: " + held);
            } else if (!asOf(row, at).equals(asOf(held, at))) {
                add("the ledger has " + row + ", the projection " + held);
            }
        }

        void add(String difference) {
            count++;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(difference);
            }
        }

        private static HeldRow asOf(HeldRow row, Position at) {
            return row.untilPosition() > at.number()
                    ? new HeldRow(row.id(), row.fromPosition(), Moments.OPEN)
                    : row;
        }
    }
}
