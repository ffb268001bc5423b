package dev.palimpsest.datasets.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger.EntityFilter;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.time.Interval;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight threads write the same hundred entities at once.
class SameHundredIT {

    private static final SpaceId SPACE = new SpaceId("hundred");
    private static final int THREADS = 8;
    private static final int ENTITIES = 100;
    private static final PredicateName STATUS = new PredicateName("status");

    @Test
    void thereAreAHundredVerticesAndOneValueForEachFunctionalPredicateAndSource(
            @TempDir Path folder) throws Exception {
        try (var house = TrialHouse.open(folder, InstantSource.system())) {
            house.door().makeSpace(new Space(SPACE, false));
            write(house, new Action.RegisterPredicate(status()));
            var tasks = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < THREADS; thread++) {
                int source = thread % 2;
                int value = thread;
                tasks.add(() -> {
                    for (int entity = 0; entity < ENTITIES; entity++) {
                        write(house, say("e" + entity, "source-" + source, "v" + value));
                    }
                    return null;
                });
            }
            try (var pool = Executors.newFixedThreadPool(THREADS)) {
                for (var done : pool.invokeAll(tasks)) {
                    done.get();
                }
            }
            house.awaitVisible();

            assertThat(
                            house.gremlin()
                                    .ask(SPACE, "g.V().count()", Optional.empty(), Optional.empty())
                                    .values())
                    .containsExactly((long) ENTITIES);
            var head = house.ledger().head().position();
            assertThat(
                            house.ledger()
                                    .entities(
                                            SPACE, EntityFilter.ALL, head, PageRequest.first(1_000))
                                    .elements())
                    .hasSize(ENTITIES);
            for (int entity = 0; entity < ENTITIES; entity++) {
                assertOneValue(house, new EntityId("e" + entity));
            }
        }
    }

    private static void assertOneValue(TrialHouse house, EntityId entity) {
        var head = house.ledger().head().position();
        var believed =
                house.ledger()
                        .facts(
                                SPACE,
                                entity,
                                Optional.of(STATUS),
                                Optional.empty(),
                                head,
                                PageRequest.first(100))
                        .elements();
        assertThat(believed).as("believed of %s", entity).hasSize(1);
        var said =
                house
                        .ledger()
                        .said(SPACE, entity, STATUS, head, PageRequest.first(1_000))
                        .elements()
                        .stream()
                        .filter(assertion -> assertion.recorded().isCurrent())
                        .toList();
        assertThat(said).as("said of %s", entity).hasSize(2);
        assertThat(said.stream().map(one -> one.source().value()))
                .containsExactlyInAnyOrder("source-0", "source-1");
    }

    private static Predicate status() {
        return new Predicate(
                STATUS, true, false, false, Optional.empty(), Optional.of(ObjectKind.STRING));
    }

    private static Action say(String entity, String source, String value) {
        return new Action.AssertFact(
                new Statement(
                        new EntityId(entity),
                        STATUS,
                        new Value.Text(value),
                        Interval.since(Instant.parse("2020-01-01T00:00:00Z")),
                        new SourceId(source),
                        Qualifiers.NONE,
                        Optional.empty(),
                        Statement.Replaces.OVERLAP));
    }

    private static void write(TrialHouse house, Action action) {
        house.door()
                .submit(
                        new WriteRequest(
                                SPACE, List.of(WriteItem.now(action)), false, Optional.empty()))
                .join();
    }
}
