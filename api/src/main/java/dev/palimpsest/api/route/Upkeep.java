package dev.palimpsest.api.route;

import java.util.List;

/// What an operator may ask of the projections. Safe for use by many threads.
public interface Upkeep {

    /// How all of them are, in the order in which people think of them.
    List<State> states();

    /// Compares one with the ledger, row by row.
    ///
    /// @throws dev.palimpsest.port.StoreException.NotFound if there is none of that name
    Finding verify(String projection) throws InterruptedException;

    /// Begins to make one anew from the ledger; [#states] tells when it is done.
    ///
    /// @throws dev.palimpsest.port.StoreException.NotFound if there is none of that name
    void rebuild(String projection);

    /// How a projection is.
    ///
    /// @param following whether it keeps up; else it is being built, or has failed
    /// @param behind how many positions the ledger is ahead
    record State(String name, boolean following, long behind) {}

    /// What comparing a projection found.
    ///
    /// @param compared rows the ledger says it holds
    /// @param examples the first differences in words
    record Finding(String name, long compared, long differences, List<String> examples) {
        public Finding {
            examples = List.copyOf(examples);
        }
    }
}
