package dev.palimpsest.cause;

import java.util.Arrays;

/// A number for each of a few nodes, none of them negative; a hash table without boxes, small
/// enough to stay near the processor.
public final class NodeMarks {

    /// What [#get] answers for a node without a number.
    public static final int NONE = -1;

    private static final int FIRST = 128;

    private int[] nodes = new int[FIRST];
    private int[] marks = new int[FIRST];
    private int size;

    public NodeMarks() {
        Arrays.fill(nodes, NONE);
    }

    public int size() {
        return size;
    }

    public int get(int node) {
        int slot = slotOf(node);
        return nodes[slot] == NONE ? NONE : marks[slot];
    }

    public boolean contains(int node) {
        return nodes[slotOf(node)] != NONE;
    }

    /// Whether `node` had no number before.
    public boolean put(int node, int mark) {
        int slot = slotOf(node);
        boolean isNew = nodes[slot] == NONE;
        marks[slot] = mark;
        if (isNew) {
            nodes[slot] = node;
            size++;
            if (size * 2 > nodes.length) {
                grow();
            }
        }
        return isNew;
    }

    private int slotOf(int node) {
        int slot = (node * 0x9E37_79B9) >>> 7 & (nodes.length - 1);
        while (nodes[slot] != NONE && nodes[slot] != node) {
            slot = (slot + 1) & (nodes.length - 1);
        }
        return slot;
    }

    private void grow() {
        var oldNodes = nodes;
        var oldMarks = marks;
        nodes = new int[oldNodes.length * 2];
        marks = new int[nodes.length];
        Arrays.fill(nodes, NONE);
        for (int old = 0; old < oldNodes.length; old++) {
            if (oldNodes[old] != NONE) {
                int slot = slotOf(oldNodes[old]);
                nodes[slot] = oldNodes[old];
                marks[slot] = oldMarks[old];
            }
        }
    }
}
