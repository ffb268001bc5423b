package dev.palimpsest.query.index.adjacency;

import java.util.Arrays;

/// Small dense numbers for the ledger's nodes, in the order they are met; a hash table without
/// boxes.
final class NodeTable {

    /// What [#find] answers for a node that was never met.
    static final int ABSENT = -1;

    private static final double FULL = 0.6;

    private long[] nodes = new long[64];
    private int[] slots = emptySlots(128);
    private int size;

    int size() {
        return size;
    }

    long node(int number) {
        return nodes[number];
    }

    int find(long node) {
        return slots[slotOf(node)];
    }

    /// The number of `node`, a new one if it was never met.
    int number(long node) {
        int slot = slotOf(node);
        if (slots[slot] != ABSENT) {
            return slots[slot];
        }
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        nodes[size] = node;
        slots[slot] = size;
        size++;
        if (size > slots.length * FULL) {
            grow();
        }
        return size - 1;
    }

    private int slotOf(long node) {
        int slot = Long.hashCode(node * 0x9E37_79B9_7F4A_7C15L) & (slots.length - 1);
        while (slots[slot] != ABSENT && nodes[slots[slot]] != node) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        slots = emptySlots(slots.length * 2);
        for (int number = 0; number < size; number++) {
            slots[slotOf(nodes[number])] = number;
        }
    }

    private static int[] emptySlots(int length) {
        var slots = new int[length];
        Arrays.fill(slots, ABSENT);
        return slots;
    }
}
