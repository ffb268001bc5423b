package dev.palimpsest.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkNetworkTest {

    private static final int QUICK = 1;
    private static final int LATE = 2;
    private static final int THEN_QUICK = 3;
    private static final int MIDDLE = 4;
    private static final int TARGET = 5;

    /// Nobody knows when the quick ones and the middle began; the late one began after the target.
    private static final long[] BEGINS = {
        0, CausalLinks.UNKNOWN, 10, CausalLinks.UNKNOWN, CausalLinks.UNKNOWN, 5
    };

    @Test
    void aChainHasNoMoreLinksThanAllowedThoughItCameEarlierToANodeOfAnother() {
        assertThat(network(3).leads(_ -> true)).isFalse();
        assertThat(network(4).leads(_ -> true)).isTrue();
    }

    private static LinkNetwork network(int hops) {
        return new LinkNetwork(
                BEGINS,
                TARGET,
                hops,
                List.of(
                        link(LinkNetwork.SOURCE, QUICK),
                        link(LinkNetwork.SOURCE, LATE),
                        link(QUICK, THEN_QUICK),
                        link(LATE, MIDDLE),
                        link(THEN_QUICK, MIDDLE),
                        link(MIDDLE, TARGET)));
    }

    private static LinkNetwork.Draft link(int from, int to) {
        return new LinkNetwork.Draft(from, to, 0, 0.5, 1L);
    }
}
