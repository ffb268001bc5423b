package dev.palimpsest.query.index.lucene;

import java.util.BitSet;
import java.util.Collection;
import java.util.stream.LongStream;

/// A set of nodes, one bit for each node up to the largest. It never changes.
///
/// Nodes are dense, so ten million of them need a little over a megabyte.
public final class NodeSet {

    public static final NodeSet EMPTY = new NodeSet(new BitSet());

    private final BitSet bits;
    private final int size;

    private NodeSet(BitSet bits) {
        this.bits = bits;
        this.size = bits.cardinality();
    }

    public static NodeSet of(long... nodes) {
        var collector = new Collector();
        for (long node : nodes) {
            collector.add(node);
        }
        return collector.toSet();
    }

    /// The nodes whose bits are set; a copy.
    public static NodeSet of(BitSet bits) {
        return new NodeSet((BitSet) bits.clone());
    }

    public static NodeSet of(Collection<Long> nodes) {
        var collector = new Collector();
        nodes.forEach(collector::add);
        return collector.toSet();
    }

    public boolean contains(long node) {
        return node >= 0 && node <= Integer.MAX_VALUE && bits.get((int) node);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// The nodes, ascending.
    public LongStream stream() {
        return bits.stream().asLongStream();
    }

    public NodeSet and(NodeSet other) {
        var both = (BitSet) bits.clone();
        both.and(other.bits);
        return new NodeSet(both);
    }

    public NodeSet or(NodeSet other) {
        var either = (BitSet) bits.clone();
        either.or(other.bits);
        return new NodeSet(either);
    }

    public NodeSet without(NodeSet other) {
        var rest = (BitSet) bits.clone();
        rest.andNot(other.bits);
        return new NodeSet(rest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeSet set && bits.equals(set.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    @Override
    public String toString() {
        return size <= 10 ? bits.toString() : size + " nodes";
    }

    /// Gathers nodes for a set.
    static final class Collector {
        private final BitSet bits = new BitSet();

        void add(long node) {
            bits.set(Math.toIntExact(node));
        }

        NodeSet toSet() {
            return new NodeSet((BitSet) bits.clone());
        }
    }
}
