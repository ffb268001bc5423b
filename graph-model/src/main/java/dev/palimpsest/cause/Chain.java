package dev.palimpsest.cause;

import java.util.List;

/// Causal links one after another, from a cause to an effect, no node twice.
///
/// @param strength the product of the links'
public record Chain(double strength, List<Integer> links) {

    public Chain {
        links = List.copyOf(links);
    }
}
