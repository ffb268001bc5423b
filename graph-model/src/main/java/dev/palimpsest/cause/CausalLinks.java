package dev.palimpsest.cause;

/// The causal links of a graph, walked one way: from effects to causes or from causes to effects.
/// Nodes and links are named by numbers.
///
/// Its clock runs the way links are walked: towards causes later moments come first. No chain leads
/// to a node that began before a node it passed; a node nobody knows the beginning of is no
/// hindrance.
public interface CausalLinks {

    /// What [#begins] says where nobody knows.
    long UNKNOWN = Long.MIN_VALUE;

    /// Hands every link that leads on from `node` to `visitor`.
    ///
    /// @return how many links and other things it had to look at
    int from(int node, Visitor visitor);

    /// When a node began, on the clock of this direction, or [#UNKNOWN].
    long begins(int node);

    /// How much a link counts in a chain, 0 to 1.
    double strength(int link);

    /// How likely a link passes its cause on to its effect, 0 to 1.
    double chance(int link);

    /// What links have in common that say the same of the same two nodes: only one of them counts.
    int mechanism(int link);

    /// A number that is the same for the same link wherever and whenever it is met.
    long seed(int link);

    /// Which of two links comes first where they are equally good, whatever order they are met in.
    int compare(int link, int other);

    /// Takes links, one after another.
    interface Visitor {

        /// @param next the node it leads to
        void link(int link, int next);
    }
}
