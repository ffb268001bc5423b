package dev.palimpsest.query.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.rank.Ranking.Ranked;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {

    private static final SpaceId SPACE = new SpaceId("s");

    private final Map<String, Long> nodes = new HashMap<>();
    private int written;

    @Test
    void aFactFoldsUnderItsSubjectIfThatIsTheBetterHit() {
        var ranked = Ranking.best(List.of(fact("a", "x", 0.5), entity("a", 0.9)), 10);
        assertThat(shown(ranked)).containsExactly("a[x]");
    }

    @Test
    void aFactThatIsBetterThanItsSubjectStandsAlone() {
        var ranked = Ranking.best(List.of(fact("a", "x", 0.9), entity("a", 0.5)), 10);
        assertThat(shown(ranked)).containsExactly("x", "a");
    }

    @Test
    void ofEqualsTheEntityIsBetterSoItsFactFolds() {
        var ranked = Ranking.best(List.of(fact("a", "x", 0.5), entity("a", 0.5)), 10);
        assertThat(shown(ranked)).containsExactly("a[x]");
    }

    @Test
    void aFactWhoseSubjectWasNotFoundStandsAlone() {
        var ranked = Ranking.best(List.of(fact("b", "x", 0.5), entity("a", 0.9)), 10);
        assertThat(shown(ranked)).containsExactly("a", "x");
    }

    @Test
    void whatFoldsDoesNotCountAndComesBestFirstThoughTheLimitIsReached() {
        var ranked =
                Ranking.best(
                        List.of(
                                entity("a", 0.9),
                                entity("b", 0.8),
                                fact("a", "x", 0.2),
                                fact("a", "y", 0.3),
                                fact("c", "z", 0.7)),
                        2);
        assertThat(shown(ranked)).containsExactly("a[y, x]", "b");
    }

    @Test
    void noMoreFactsFoldThanThereIsRoomFor() {
        var all = new ArrayList<Judged<Candidate>>(List.of(entity("a", 1)));
        for (int i = 0; i <= Ranking.MOST_FOLDED; i++) {
            all.add(fact("a", "x" + i, 0.5));
        }
        var ranked = Ranking.best(all, 10);
        assertThat(ranked).hasSize(1);
        assertThat(ranked.getFirst().folded()).hasSize(Ranking.MOST_FOLDED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderDoesNotDependOnTheOrderOfFinding(long seed) {
        var all = new ArrayList<Judged<Candidate>>();
        for (int i = 0; i < 20; i++) {
            all.add(entity("e" + i, i % 3 / 2.0));
            all.add(fact("e" + i, "f" + i, i % 4 / 3.0));
        }
        var first = Ranking.best(all, 15);
        Collections.shuffle(all, new Random(seed));
        assertThat(Ranking.best(all, 15)).as("seed %d", seed).isEqualTo(first);
    }

    private Judged<Candidate> entity(String id, double score) {
        var profile =
                new EntityProfile(
                        nextRow(),
                        new EntityId(id),
                        EntityType.THING,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Recorded.since(stamp(written)));
        return judged(new Candidate.OfEntity(profile, node(id)), score);
    }

    private Judged<Candidate> fact(String subject, String text, double score) {
        var object = new Value.Text(text);
        var says = new PredicateName("says");
        var entity = new EntityId(subject);
        var version =
                new FactVersion(
                        nextRow(),
                        FactId.of(SPACE, entity, says, object),
                        entity,
                        says,
                        object,
                        Interval.ALWAYS,
                        Qualifiers.NONE,
                        Recorded.since(stamp(written)));
        var row = new Row.OfFact(SPACE, version, node(subject), OptionalLong.empty(), Set.of());
        return judged(new Candidate.OfFact(row), score);
    }

    private static Judged<Candidate> judged(Candidate candidate, double score) {
        return Judged.of(candidate, Map.of(Dimension.WHAT, score), List.of());
    }

    private long node(String entity) {
        return nodes.computeIfAbsent(entity, _ -> nodes.size() + 1L);
    }

    private RowId nextRow() {
        return RowId.of(stamp(++written), 0);
    }

    private static Stamp stamp(int position) {
        return new Stamp(new Position(position), Instant.EPOCH.plusSeconds(position));
    }

    private static List<String> shown(List<Ranked<Candidate>> ranked) {
        return ranked.stream()
                .map(one ->
                        one.folded().isEmpty()
                                ? name(one.judged())
                                : name(one.judged())
                                        + one.folded().stream().map(RankingTest::name).toList())
                .toList();
    }

    private static String name(Judged<Candidate> judged) {
        return switch (judged.candidate()) {
            case Candidate.OfEntity(var profile, long _) -> profile.entity().value();
            case Candidate.OfFact(var row) -> row.version().object().canonical();
            case Candidate.OfMemory(var row) -> row.memory().id().value();
        };
    }
}
