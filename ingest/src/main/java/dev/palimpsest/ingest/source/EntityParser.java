package dev.palimpsest.ingest.source;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.WriteItem.Action.DescribeEntity;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads an entity: its type, names, description, place and existence are short for facts about it.
final class EntityParser {

    static final List<String> FIELDS =
            List.of("id", "type", "exists", "name", "aliases", "description", "place", "source");

    private static final int MOST_ALIASES = 100;
    private static final Shape<String> WORDS = Shapes.WORDS.as(text -> new Value.Text(text).text());

    private final Supplier<String> ids;

    EntityParser(Supplier<String> ids) {
        this.ids = ids;
    }

    DescribeEntity read(StrictObject entity) {
        EntityId id =
                entity.optional("id", DomainShapes.ENTITY).orElseGet(() -> new EntityId(ids.get()));
        SourceId source = entity.required("source", DomainShapes.SOURCE);
        var description = new EntityDescription(id, source, Optional.empty());
        entity.optional("type", Shapes.TEXT.as(EntityType::new)).ifPresent(description::type);
        entity.optional("name", WORDS).ifPresent(description::name);
        entity.optional("aliases", Shapes.listOf(WORDS, MOST_ALIASES))
                .orElse(List.of())
                .forEach(description::alias);
        entity.optional("description", WORDS).ifPresent(description::description);
        entity.optional("place", DomainShapes.POINT).ifPresent(description::place);
        entity.optional("exists", DomainShapes.INTERVAL).ifPresent(description::exists);
        if (description.isEmpty()) {
            throw new InvalidField(
                    entity.path(),
                    "says nothing: give it a type, name, aliases, description, place or exists");
        }
        return description.item();
    }
}
