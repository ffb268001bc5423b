package dev.palimpsest.cause;

/// The causal links of a graph, walked one way: from effects to causes or from causes to effects.
/// Nodes and links are named by numbers.
public interface CausalLinks {

    /// Hands every link that leads on from `node` to `visitor`.
    void from(int node, Visitor visitor);

    /// Which of two links comes first where they are equally good, whatever order they are met in.
    int compare(int link, int other);

    /// Takes links, one after another.
    interface Visitor {

        /// @param next the node it leads to
        /// @param strength 0 to 1
        void link(int link, int next, double strength);
    }
}
