package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryServerNamesTest {

    private static final String[] PIECES = {
        "_",
        "_x",
        "x0020",
        "_x0020_",
        "005F",
        "rel",
        "rel_",
        "rel2_",
        "relh_",
        "type_",
        "name",
        "a",
        "B",
        "9",
        " ",
        "é",
        "😀",
        "\n",
        "observation",
        "observation2",
        "entityType",
        "name:",
        ":2:",
        "a long piece of a relation that fills the word"
    };

    private static String random(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void noTwoTextsAndCopiesHaveOneName(long seed) {
        var random = new Random(seed);
        Map<Object, String> relations = new HashMap<>();
        Map<Object, String> types = new HashMap<>();
        Map<Object, String> entities = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            var text = random(random);
            int copy = 1 + random.nextInt(3);
            requireOwn(relations, MemoryServerNames.relation(text, copy), copy + text);
            requireOwn(types, MemoryServerNames.type(text), text);
            requireOwn(entities, MemoryServerNames.entity(text, copy), copy + text);
        }
    }

    private static void requireOwn(Map<Object, String> known, Object name, String text) {
        assertThat(known.computeIfAbsent(name, _ -> text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void theTypeOfARelationIsToldFromItsFact(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var from = random(random);
            var to = random(random);
            var type = random(random);
            var predicate = MemoryServerNames.relation(type, 1 + random.nextInt(3));
            var sentence = MemoryServerNames.sentence(from, type, to);
            var fact = fact(predicate, Optional.of(sentence));
            assertThat(MemoryServerNames.relationType(fact, from, to)).isEqualTo(type);
        }
    }

    @Test
    void whatFitsStaysAndOthersSentencesAreNoTypes() {
        assertThat(MemoryServerNames.relation("works_at", 1).value()).isEqualTo("works_at");
        assertThat(MemoryServerNames.relation("works at", 1).value()).isEqualTo("works_x0020_at");
        assertThat(MemoryServerNames.relation("name", 1).value()).isEqualTo("rel_name");
        assertThat(MemoryServerNames.entity("Ann Lee", 1).value()).isEqualTo("Ann Lee");
        assertThat(MemoryServerNames.isMade(MemoryServerNames.entity("", 1))).isTrue();
        var said = fact(new PredicateName("worksFor"), Optional.of("ann is paid by acme"));
        assertThat(MemoryServerNames.relationType(said, "ann", "acme")).isEqualTo("worksFor");
        var plain = fact(MemoryServerNames.relation("works at", 1), Optional.empty());
        assertThat(MemoryServerNames.relationType(plain, "ann", "acme")).isEqualTo("works at");
    }

    private static FactVersion fact(PredicateName predicate, Optional<String> statement) {
        var stamp = new Stamp(new Position(1), Instant.EPOCH);
        var subject = new EntityId("s");
        var object = new Value.Entity(new EntityId("o"));
        return new FactVersion(
                RowId.of(stamp, 0),
                FactId.of(new SpaceId("memory"), subject, predicate, object),
                subject,
                predicate,
                object,
                Interval.ALWAYS,
                new Qualifiers(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        statement),
                Recorded.since(stamp));
    }
}
