package dev.palimpsest.query.index.adjacency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a start finds of the adjacency of the life before.
class KeptAdjacencyTest {

    private static final SpaceId SPACE = new SpaceId("quakes");
    private static final SourceId SOURCE = new SourceId("us");
    private static final PredicateName LED_TO = new PredicateName("ledTo");
    private static final PredicateName NEAR = new PredicateName("near");

    @TempDir Path root;

    private final Scribe scribe = new Scribe(SPACE);

    @BeforeEach
    void somethingOfEverything() {
        scribe.register(
                new Predicate(LED_TO, false, true, false, Optional.empty(), Optional.empty()));
        scribe.register(
                new Predicate(
                        NEAR,
                        true,
                        false,
                        false,
                        Optional.of(new PredicateName("aroundOf")),
                        Optional.empty()));
        say("quake", LED_TO, "slide", Interval.ALWAYS, certain());
        say("quake", LED_TO, "flood", since(2020), unsure(Optional.of(Duration.ofHours(3))));
        say("slide", LED_TO, "flood", until(2019, 2021), unsure(Optional.empty()));
        scribe.say(
                entity("quake"), Profile.EXISTS, new Value.Flag(true), until(2018, 2019), SOURCE);
        scribe.takeBack(say("slide", NEAR, "town", since(2018), certain()));
        say("flood", NEAR, "town", since(2018), certain());
    }

    @Test
    void aStartFindsWhatWasKeptAtTheEnd() {
        var before = describe(filled());
        assertThat(before).hasSizeGreaterThan(10);
        try (var opened = opened()) {
            assertThat(opened.checkpoint()).contains(here());
            assertThat(describe(opened)).isEqualTo(before);
        }
    }

    @Test
    void aStartFollowsFromThere() {
        filled();
        var after = scribe.head();
        scribe.takeBack(say("flood", LED_TO, "mud", since(2022), certain()));
        say("mud", NEAR, "town", since(2022), certain());
        try (var opened = opened();
                var whole = new Adjacency()) {
            opened.apply(scribe.changesAfter(after), here());
            whole.apply(scribe.rows(), here());
            assertThat(describe(opened)).isEqualTo(describe(whole));
        }
    }

    @Test
    void aStoreThatGrewKeepsItWithoutBeingClosed() {
        var killed = opened();
        killed.apply(scribe.rows(), at(60_000));
        try (var opened = opened()) {
            assertThat(opened.checkpoint()).contains(at(60_000));
        }
        killed.apply(List.of(), at(65_000));
        try (var opened = opened()) {
            assertThat(opened.checkpoint()).contains(at(60_000));
        }
    }

    @Test
    void whatIsStillBeingBuiltIsNotKept() {
        try (var building = opened()) {
            building.apply(scribe.rows(), Checkpoint.UNFINISHED);
        }
        try (var opened = opened()) {
            assertThat(opened.checkpoint()).isEmpty();
        }
    }

    @Test
    void whatWasForgottenLeavesTheFileAtOnce() throws IOException {
        var secret = say("ann", NEAR, "bob", since(2020), certain());
        try (var adjacency = opened()) {
            adjacency.apply(scribe.rows(), at(60_000));
            assertThat(isInFile(secret)).isTrue();
            adjacency.drop(List.of(new Gone.OfEntity(SPACE, scribe.nodeOf(entity("ann")))));
            adjacency.scour(SPACE);
            assertThat(isInFile(secret)).isFalse();
            assertThat(rows(adjacency)).noneMatch(row -> row.id().equals(secret.id()));
        }
        try (var opened = opened()) {
            assertThat(rows(opened)).noneMatch(row -> row.id().equals(secret.id())).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 40, 200})
    void aDamagedFileIsOfNoUse(int at) throws IOException {
        filled();
        byte[] bytes = Files.readAllBytes(file());
        bytes[at] ^= 1;
        Files.write(file(), bytes);
        try (var opened = opened()) {
            assertThat(opened.checkpoint()).isEmpty();
            assertThat(rows(opened)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 100})
    void soIsOneThatEndsTooSoon(int length) throws IOException {
        filled();
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, length));
        try (var opened = opened()) {
            assertThat(opened.checkpoint()).isEmpty();
        }
    }

    @Test
    void whatIsBuiltAnewBeginsWithoutTheFile() {
        filled();
        try (var opened = opened()) {
            opened.clear();
            assertThat(file()).doesNotExist();
            assertThat(rows(opened)).isEmpty();
        }
    }

    private Adjacency filled() {
        var filled = opened();
        filled.apply(scribe.rows(), here());
        filled.close();
        return filled;
    }

    private Adjacency opened() {
        return Adjacency.in(root.resolve("adjacency"));
    }

    private Path file() {
        return root.resolve("adjacency").resolve("arcs");
    }

    private Checkpoint here() {
        return new Checkpoint(InMemoryLedger.EPOCH, scribe.head());
    }

    private static Checkpoint at(long position) {
        return new Checkpoint(InMemoryLedger.EPOCH, new Position(position));
    }

    private boolean isInFile(FactVersion version) throws IOException {
        var bits = ByteBuffer.allocate(16);
        bits.putLong(version.id().value().getMostSignificantBits());
        bits.putLong(version.id().value().getLeastSignificantBits());
        var latin = StandardCharsets.ISO_8859_1;
        return new String(Files.readAllBytes(file()), latin)
                .contains(new String(bits.array(), latin));
    }

    /// All it holds and answers.
    private List<String> describe(Adjacency adjacency) {
        var told = new ArrayList<String>();
        rows(adjacency).forEach(row -> told.add(row.toString()));
        for (var name : List.of("quake", "slide", "flood", "town")) {
            long node = scribe.nodeOf(entity(name));
            told.add(
                    adjacency
                            .neighbours(SPACE, node, new Holding.Ever(), scribe.head(), 10)
                            .toString());
            told.add(name + adjacency.event(SPACE, node, scribe.head()));
            var seed = new Chains.Seed.OfNode(node);
            var ends = ChainEnds.toEffect(scribe.nodeOf(entity("flood")), 3);
            var chains = adjacency.chains(SPACE, ends, scribe.head(), List.of(seed), 5).get(seed);
            told.add(String.valueOf(chains));
        }
        told.add(adjacency.everEvents(SPACE).toString());
        return told;
    }

    private static List<HeldRow> rows(Adjacency adjacency) {
        var held = new ArrayList<HeldRow>();
        adjacency.rows(SPACE, held::add);
        return held;
    }

    private FactVersion say(
            String subject, PredicateName predicate, String object, Interval valid, Qualifiers by) {
        return scribe.say(
                entity(subject), predicate, new Value.Entity(entity(object)), valid, SOURCE, by);
    }

    private static EntityId entity(String name) {
        return new EntityId(name);
    }

    private static Qualifiers certain() {
        return Qualifiers.NONE;
    }

    private static Qualifiers unsure(Optional<Duration> deviation) {
        return new Qualifiers(
                OptionalDouble.of(.5),
                OptionalDouble.of(.25),
                Optional.of(new Qualifiers.Delay(Duration.ofDays(1), deviation)),
                Optional.empty());
    }

    private static Interval since(int year) {
        return Interval.since(instant(year));
    }

    private static Interval until(int from, int until) {
        return Interval.between(instant(from), instant(until));
    }

    private static Instant instant(int year) {
        return Instant.parse(year + "-01-01T00:00:00Z");
    }
}
