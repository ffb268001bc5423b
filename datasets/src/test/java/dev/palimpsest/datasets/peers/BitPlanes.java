package dev.palimpsest.datasets.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A direction turned so that PostgreSQL can multiply it quickly without an extension: the bits of
/// one weight of all its components together. A product of two is the sum over pairs of planes of
/// how many bits they share, times both weights, exactly; much faster than `sum(a * b)` over
/// arrays.
final class BitPlanes {

    private static final int PLANES = Byte.SIZE;

    /// `dot(direction, bit[])`, which the planner writes out where it is used.
    static final String FUNCTION =
            "create function dot(d direction, q bit(384)[]) returns bigint language sql immutable as $$ select "
                    + IntStream.range(0, PLANES * PLANES)
                            .mapToObj(i -> term(i / PLANES, i % PLANES))
                            .collect(Collectors.joining(" + "))
                    + " $$";

    private BitPlanes() {}

    private static String term(int one, int other) {
        return "(%d) * bit_count((d).b%d & q[%d])"
                .formatted(weight(one) * weight(other), one, other + 1);
    }

    /// Of a bit in the two's complement of a byte.
    private static int weight(int plane) {
        return plane == PLANES - 1 ? -(1 << plane) : 1 << plane;
    }

    /// The planes as bit strings, the lightest first.
    static List<String> of(Direction direction) {
        var planes = new ArrayList<String>();
        for (int plane = 0; plane < PLANES; plane++) {
            var bits = new StringBuilder(direction.dimensions());
            for (int i = 0; i < direction.dimensions(); i++) {
                bits.append(direction.component(i) >> plane & 1);
            }
            planes.add(bits.toString());
        }
        return planes;
    }

    /// Which components are not negative.
    static String signs(Direction direction) {
        var signs = new StringBuilder(direction.dimensions());
        for (int i = 0; i < direction.dimensions(); i++) {
            signs.append(direction.component(i) < 0 ? '0' : '1');
        }
        return signs.toString();
    }
}
