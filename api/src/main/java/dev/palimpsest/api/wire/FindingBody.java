package dev.palimpsest.api.wire;

import java.util.List;

/// What comparing a projection with the ledger found.
///
/// @param compared rows the ledger says it holds
/// @param examples the first differences in words
public record FindingBody(String name, long compared, long differences, List<String> examples) {

    public FindingBody {
        examples = List.copyOf(examples);
    }
}
