package dev.palimpsest.datasets.bench.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoundTest {

    private final Found found = new Found(List.of("a", "b", "c"), Set.of("a", "c", "z"));

    @Test
    void recallIsTheShareOfTheEvidenceAmongTheFirst() {
        assertThat(found.recall(1)).isEqualTo(1 / 3.0);
        assertThat(found.recall(10)).isEqualTo(2 / 3.0);
    }

    @Test
    void allIsNotReachedWhileAnyIsMissing() {
        assertThat(found.all()).isZero();
        assertThat(new Found(List.of("a"), Set.of("a")).all()).isEqualTo(1);
    }

    @Test
    void gainCountsAHitTheLessTheLaterItComes() {
        double most = 1 + 1 / (Math.log(3) / Math.log(2)) + .5;
        assertThat(found.gain()).isCloseTo(1.5 / most, within(1e-12));
        assertThat(new Found(List.of("a", "c", "z"), found.evidence()).gain())
                .isCloseTo(1, within(1e-12));
    }
}
