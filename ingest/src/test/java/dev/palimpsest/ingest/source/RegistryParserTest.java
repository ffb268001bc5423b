package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryParserTest {

    private static final PredicateName NAME = new PredicateName("triggered");

    @Test
    void aPredicateIsPlainUnlessToldOtherwise() {
        assertThat(RegistryParser.predicate(NAME, json("{}"))).isEqualTo(Predicate.plain(NAME));
    }

    @Test
    void readsAllThatIsToldOfAPredicate() {
        var json = json("{'causal': true, 'inverse': 'triggeredBy', 'object': 'entity'}");

        assertThat(RegistryParser.predicate(NAME, json))
                .isEqualTo(
                        new Predicate(
                                NAME,
                                false,
                                true,
                                false,
                                Optional.of(new PredicateName("triggeredBy")),
                                Optional.of(ObjectKind.ENTITY)));
    }

    @Test
    void aPredicateThatContradictsItselfIsRefused() {
        assertThatThrownBy(() ->
                        RegistryParser.predicate(
                                NAME, json("{'causal': true, 'object': 'number'}")))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("its object must be an entity");
        assertThatThrownBy(() -> RegistryParser.predicate(NAME, json("{'object': 'text'}")))
                .hasMessage(
                        "predicate.object must be one of entity, string, number, boolean, instant,"
                                + " geo, json");
        assertThatThrownBy(() -> RegistryParser.predicate(NAME, json("{'functional': 1}")))
                .hasMessage("predicate.functional must be true or false, but is 1");
    }

    @Test
    void readsWhatIsToldOfASource() {
        var id = new SourceId("us");

        assertThat(RegistryParser.source(id, json("{'kind': 'network', 'description': null}")))
                .isEqualTo(new Source(id, Optional.of("network"), Optional.empty()));
        assertThatThrownBy(() -> RegistryParser.source(id, json("{'trust': 1}")))
                .hasMessage("source.trust is not known here; known are kind, description");
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
