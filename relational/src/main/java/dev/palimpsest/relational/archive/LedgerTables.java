package dev.palimpsest.relational.archive;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The tables of the ledger that a backup holds, those that others refer to first. Left out is what
/// only projections need that a restored store does not have yet.
final class LedgerTables {

    /// Those whose rows each belong to one space.
    static final List<String> OF_A_SPACE =
            List.of(
                    "space",
                    "predicate",
                    "source",
                    "entity",
                    "assertion",
                    "fact_version",
                    "profile",
                    "memory",
                    "change",
                    "idempotency",
                    "forgotten");

    static final List<String> ALL =
            Stream.concat(OF_A_SPACE.stream(), Stream.of("embedding", "access_key", "audit"))
                    .toList();

    /// By which migration of the ledger a table came that not all archives have.
    private static final Map<String, Integer> SINCE = Map.of("access_key", 3, "audit", 4);

    /// Those whose numbers come from a sequence.
    static final List<String> NUMBERED = List.of("space", "predicate", "source");

    private LedgerTables() {}

    /// Those that an archive of that ledger has.
    static List<String> of(int ledger) {
        return ALL.stream().filter(table -> SINCE.getOrDefault(table, 1) <= ledger).toList();
    }

    static String entry(String table) {
        return table + ".jsonl";
    }
}
