package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/// What becomes of a row in an index.
final class RowDocuments {

    /// Words and how often they occur, but not where: nobody asks for phrases.
    private static final FieldType WORDS = new FieldType(TextField.TYPE_NOT_STORED);

    static {
        WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        WORDS.freeze();
    }

    private RowDocuments() {}

    /// What names a row and may change about it after it was first seen.
    ///
    /// @param sources who says it: of a fact, others may come to agree, and who did may be
    ///   forgotten
    record Held(RowId id, Recorded recorded, Set<SourceId> sources) {}

    /// Empty for rows that no index here holds.
    static Optional<Held> held(Row row) {
        return switch (row) {
            case Row.OfFact fact ->
                    Optional.of(
                            new Held(
                                    fact.version().id(),
                                    fact.version().recorded(),
                                    fact.sources()));
            case Row.OfProfile(var _, EntityProfile profile, long _) ->
                    Optional.of(new Held(profile.id(), profile.recorded(), Set.of()));
            case Row.OfMemory memory ->
                    Optional.of(
                            new Held(
                                    memory.id(),
                                    memory.recorded(),
                                    Set.of(memory.memory().source())));
            case Row.OfEntity _, Row.OfPredicate _ -> Optional.empty();
        };
    }

    /// A document with everything a [Filter] may ask about.
    static Document filterable(Row row) {
        var document = new Document();
        var held = held(row).orElseThrow(() -> new IllegalArgumentException("not held: " + row));
        var id = held.id().value();
        document.add(new StringField(Fields.ID, Fields.term(held.id()), Field.Store.NO));
        document.add(new NumericDocValuesField(Fields.ID_HIGH, id.getMostSignificantBits()));
        document.add(new NumericDocValuesField(Fields.ID_LOW, id.getLeastSignificantBits()));
        document.add(
                new NumericDocValuesField(Fields.FROM_POSITION, held.recorded().fromPosition()));
        document.add(
                new NumericDocValuesField(Fields.UNTIL_POSITION, held.recorded().untilPosition()));
        held.sources().forEach(source -> addWord(document, Filter.Word.SOURCE, source.value()));
        switch (row) {
            case Row.OfFact fact -> addFact(document, fact);
            case Row.OfProfile(var _, EntityProfile profile, long node) ->
                    addProfile(document, profile, node);
            case Row.OfMemory memory -> addMemory(document, memory);
            case Row.OfEntity _, Row.OfPredicate _ ->
                    throw new IllegalStateException("has no document: " + row);
        }
        return document;
    }

    /// Adds the words by which a row is found: those of its text, and the names in it.
    static void addWords(Document document, Row row) {
        switch (row) {
            case Row.OfFact fact -> {
                FactVersion version = fact.version();
                if (Profile.isPart(version.predicate())) {
                    addCardWords(document, version);
                    return;
                }
                addText(document, Fields.TEXT, textOf(version));
                addText(document, Fields.NAME, version.subject().value());
                if (version.object() instanceof Value.Entity(EntityId object)) {
                    addText(document, Fields.NAME, object.value());
                }
            }
            case Row.OfProfile(var _, EntityProfile profile, long _) -> {
                addText(document, Fields.TEXT, profile.text());
                addText(document, Fields.NAME, profile.entity().value());
                Stream.concat(profile.name().stream(), profile.aliases().stream())
                        .forEach(name -> addText(document, Fields.NAME, name));
                profile.aliases().forEach(alias -> addText(document, Fields.TEXT, alias));
            }
            case Row.OfMemory(var _, var _, Memory memory, long _, var _, var _) -> {
                addText(document, Fields.TEXT, memory.textWithContext());
                memory.mentions().forEach(id -> addText(document, Fields.NAME, id.value()));
            }
            case Row.OfEntity _, Row.OfPredicate _ -> {}
        }
    }

    /// Adds the number that a fact says.
    static void addNumber(Document document, Row row) {
        if (row instanceof Row.OfFact fact
                && fact.version().object() instanceof Value.Numeric(var number)) {
            document.add(new DoubleField(Fields.NUMBER, number.doubleValue(), Field.Store.NO));
        }
    }

    /// What a profile is put together from is found by what it says alone: who asks about an entity
    /// by its name wants the entity and what is said of it, not the fact that it has that name.
    private static void addCardWords(Document document, FactVersion version) {
        if (version.object() instanceof Value.Text(String text)) {
            boolean isProse = version.predicate().equals(Profile.DESCRIPTION);
            addText(document, isProse ? Fields.TEXT : Fields.NAME, text);
        }
    }

    /// The text whose meaning stands for the row; empty for a fact without a sentence and for rows
    /// no index holds.
    static Optional<String> meaning(Row row) {
        return switch (row) {
            case Row.OfFact fact -> fact.version().qualifiers().statement();
            case Row.OfProfile(var _, EntityProfile profile, long _) -> Optional.of(profile.text());
            case Row.OfMemory(var _, var _, Memory memory, long _, var _, var _) ->
                    Optional.of(memory.textWithContext());
            case Row.OfEntity _, Row.OfPredicate _ -> Optional.empty();
        };
    }

    private static void addFact(Document document, Row.OfFact fact) {
        FactVersion version = fact.version();
        addKind(document, Kind.FACT);
        addNode(document, Filter.Role.SELF, fact.subjectNode());
        fact.objectNode().ifPresent(node -> addNode(document, Filter.Role.OBJECT, node));
        addWord(document, Filter.Word.PREDICATE, version.predicate().value());
        addTime(document, version.valid());
        if (version.object() instanceof Value.Geo(GeoPoint point)) {
            addPlace(document, point);
        }
    }

    private static void addProfile(Document document, EntityProfile profile, long node) {
        addKind(document, Kind.ENTITY);
        addNode(document, Filter.Role.SELF, node);
        addWord(document, Filter.Word.TYPE, profile.type().value());
        profile.exists().ifPresent(interval -> addTime(document, interval));
        profile.place().ifPresent(point -> addPlace(document, point));
    }

    private static void addMemory(Document document, Row.OfMemory row) {
        Memory memory = row.memory();
        addKind(document, Kind.MEMORY);
        addNode(document, Filter.Role.SELF, row.node());
        row.mentions().forEach(node -> addNode(document, Filter.Role.MENTIONED, node));
        memory.agent().ifPresent(agent -> addWord(document, Filter.Word.AGENT, agent));
        memory.session().ifPresent(session -> addWord(document, Filter.Word.SESSION, session));
        memory.when().ifPresent(interval -> addTime(document, interval));
        memory.place().ifPresent(point -> addPlace(document, point));
    }

    /// The sentence, or failing that the predicate's words and the literal.
    private static String textOf(FactVersion version) {
        String words =
                version.predicate()
                        .value()
                        .replace('_', ' ')
                        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT);
        String literal =
                version.object() instanceof Value.Entity ? "" : version.object().canonical();
        return Stream.of(version.qualifiers().statement().orElse(words), literal)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static void addText(Document document, String field, String text) {
        document.add(new Field(field, text, WORDS));
    }

    private static void addKind(Document document, Kind kind) {
        document.add(new StringField(Fields.KIND, kind.word(), Field.Store.NO));
        document.add(new NumericDocValuesField(Fields.KIND_NUMBER, Fields.number(kind)));
    }

    private static void addWord(Document document, Filter.Word word, String value) {
        BytesRef term = Fields.term(value);
        document.add(new StringField(Fields.of(word), term, Field.Store.NO));
        if (word == Filter.Word.SOURCE) {
            document.add(new SortedSetDocValuesField(Fields.of(word), term));
        }
    }

    private static void addNode(Document document, Filter.Role role, long node) {
        document.add(new LongField(Fields.of(role), node, Field.Store.NO));
    }

    private static void addTime(Document document, Interval valid) {
        document.add(new LongField(Fields.VALID_FROM, valid.fromMicros(), Field.Store.NO));
        document.add(new LongField(Fields.VALID_UNTIL, valid.untilMicros(), Field.Store.NO));
        document.add(new LongField(Fields.SURELY_UNTIL, valid.sureUntilMicros(), Field.Store.NO));
    }

    private static void addPlace(Document document, GeoPoint point) {
        document.add(new LatLonPoint(Fields.PLACE, point.latitude(), point.longitude()));
        document.add(new LatLonDocValuesField(Fields.PLACE, point.latitude(), point.longitude()));
    }
}
