package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.relational.commit.Table.Cell;
import dev.palimpsest.relational.commit.Table.Columns;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Recorded;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tables that the committer writes, column by column.
final class Tables {

    static final Table<EntityRow> ENTITY =
            Table.<EntityRow>insertInto("entity")
                    .with("node", ColumnType.BIGINT, EntityRow::node)
                    .with("space", ColumnType.INT, EntityRow::space)
                    .with("id", ColumnType.TEXT, row -> row.id().value())
                    .with("position", ColumnType.BIGINT, row -> row.made().position().number())
                    .with("recorded", ColumnType.BIGINT, row -> Moments.toMicros(row.made().at()))
                    .done();

    static final Table<SourceRow> SOURCE =
            Table.<SourceRow>statement(
                            "insert into source (%1$s) overriding system value"
                                    + " select %2$s from %3$s")
                    .with("no", ColumnType.INT, SourceRow::no)
                    .with("space", ColumnType.INT, SourceRow::space)
                    .with("id", ColumnType.TEXT, row -> row.source().id().value())
                    .with("kind", ColumnType.TEXT, row -> orNull(row.source().kind()))
                    .with("description", ColumnType.TEXT, row -> orNull(row.source().description()))
                    .with("position", ColumnType.BIGINT, SourceRow::position)
                    .ending(
                            """
                            on conflict (no) do update
                            set kind = excluded.kind, description = excluded.description,
                                position = excluded.position
                            """)
                    .done();

    static final Table<PredicateRow> PREDICATE =
            Table.<PredicateRow>statement(
                            "insert into predicate (%1$s) overriding system value"
                                    + " select %2$s from %3$s")
                    .with("no", ColumnType.INT, PredicateRow::no)
                    .with("space", ColumnType.INT, PredicateRow::space)
                    .with("name", ColumnType.TEXT, row -> row.predicate().name().value())
                    .with("functional", ColumnType.BOOLEAN, row -> row.predicate().functional())
                    .with("causal", ColumnType.BOOLEAN, row -> row.predicate().causal())
                    .with("symmetric", ColumnType.BOOLEAN, row -> row.predicate().symmetric())
                    .with(
                            "inverse",
                            ColumnType.TEXT,
                            row -> orNull(row.predicate().inverse().map(Object::toString)))
                    .with(
                            "object_kind",
                            ColumnType.SMALLINT,
                            row -> orNull(row.predicate().object().map(Codes::of)))
                    .with("registered", ColumnType.BOOLEAN, PredicateRow::registered)
                    .with("kinds_used", ColumnType.SMALLINT, row -> (short) row.kindsUsed())
                    .with("position", ColumnType.BIGINT, PredicateRow::position)
                    .ending(
                            """
                            on conflict (no) do update
                            set functional = excluded.functional, causal = excluded.causal,
                                "symmetric" = excluded."symmetric", inverse = excluded.inverse,
                                object_kind = excluded.object_kind,
                                registered = excluded.registered,
                                kinds_used = excluded.kinds_used, position = excluded.position
                            """)
                    .done();

    static final Table<AssertionRow> ASSERTION = assertion();
    static final Table<VersionRow> FACT_VERSION = factVersion();
    static final Table<ProfileRow> PROFILE = profile();
    static final Table<MemoryRow> MEMORY = memory();

    static final Table<Change> CHANGE =
            Table.<Change>insertInto("change")
                    .with("position", ColumnType.BIGINT, row -> row.stamp().position().number())
                    .with("ordinal", ColumnType.INT, Change::ordinal)
                    .with("space", ColumnType.INT, Change::space)
                    .with("recorded", ColumnType.BIGINT, row -> Moments.toMicros(row.stamp().at()))
                    .with("kind", ColumnType.SMALLINT, row -> Codes.of(row.kind()))
                    .with("row_id", ColumnType.UUID, Change::row)
                    .with("row_position", ColumnType.BIGINT, Change::rowPosition)
                    .done();

    /// An answer on its way into a space.
    record KeptAnswer(int space, WorkingState.Answer answer) {}

    static final Table<KeptAnswer> IDEMPOTENCY =
            Table.<KeptAnswer>insertInto("idempotency")
                    .with("space", ColumnType.INT, KeptAnswer::space)
                    .with("key", ColumnType.TEXT, row -> row.answer().key().key())
                    .with("body_hash", ColumnType.TEXT, row -> row.answer().key().bodyHash())
                    .with("answer", ColumnType.TEXT, row -> row.answer().json())
                    .with("recorded", ColumnType.BIGINT, row -> row.answer().recorded())
                    .ending(
                            """
                            on conflict (space, key) do update
                            set body_hash = excluded.body_hash, answer = excluded.answer,
                                recorded = excluded.recorded
                            """)
                    .done();

    static final Table<AssertionRow> CLOSED_ASSERTION =
            closing(
                            "assertion",
                            ", closed_reason = given.closed_reason",
                            (AssertionRow row) -> row.id().value(),
                            AssertionRow::recorded)
                    .with("closed_reason", ColumnType.TEXT, row -> orNull(row.closedReason()))
                    .done();
    static final Table<VersionRow> CLOSED_VERSION =
            closing("fact_version", "", (VersionRow row) -> row.id().value(), VersionRow::recorded)
                    .done();
    static final Table<ProfileRow> CLOSED_PROFILE =
            closing("profile", "", (ProfileRow row) -> row.id().value(), ProfileRow::recorded)
                    .done();

    private Tables() {}

    private static <T> Columns<T> closing(
            String table, String more, Cell<T> id, Function<T, Recorded> recorded) {
        String sql =
                """
                update %s row
                set until_position = given.until_position,
                    recorded_until = given.recorded_until%s
                from %%3$s
                where row.from_position = given.from_position and row.id = given.id
                  and row.until_position = 9223372036854775807
                """
                        .formatted(table, more);
        return Table.<T>statement(sql)
                .with("id", ColumnType.UUID, id)
                .with("from_position", ColumnType.BIGINT, row -> recorded.apply(row).fromPosition())
                .with(
                        "until_position",
                        ColumnType.BIGINT,
                        row -> recorded.apply(row).untilPosition())
                .with(
                        "recorded_until",
                        ColumnType.BIGINT,
                        row -> recorded.apply(row).untilMicros());
    }

    private static Table<AssertionRow> assertion() {
        Columns<AssertionRow> columns = Table.insertInto("assertion");
        columns.with("id", ColumnType.UUID, row -> row.id().value());
        withFact(columns, row -> row.content().key());
        withInterval(columns, "valid", row -> Optional.of(row.content().valid()));
        withQualifiers(columns, row -> row.content().qualifiers());
        columns.with("source", ColumnType.INT, row -> row.content().source())
                .with(
                        "evidence_memory",
                        ColumnType.TEXT,
                        row ->
                                orNull(
                                        row.content()
                                                .evidence()
                                                .flatMap(found -> found.memory())
                                                .map(Object::toString)))
                .with(
                        "evidence_quote",
                        ColumnType.TEXT,
                        row -> orNull(row.content().evidence().flatMap(found -> found.quote())))
                .with(
                        "evidence_offset",
                        ColumnType.INT,
                        row ->
                                orNull(
                                        row.content()
                                                .evidence()
                                                .flatMap(found -> boxed(found.offset()))))
                .with("said", ColumnType.BIGINT, row -> row.content().said())
                .with(
                        "reason",
                        ColumnType.TEXT,
                        row -> orNull(row.content().correction().map(Content.Correction::reason)))
                .with(
                        "corrects",
                        ColumnType.UUID,
                        row ->
                                orNull(
                                        row.content()
                                                .correction()
                                                .map(past -> past.corrected().value())))
                .with("closed_reason", ColumnType.TEXT, row -> orNull(row.closedReason()));
        return withRecorded(columns, AssertionRow::recorded).done();
    }

    private static Table<VersionRow> factVersion() {
        Columns<VersionRow> columns = Table.insertInto("fact_version");
        columns.with("id", ColumnType.UUID, row -> row.id().value());
        withFact(columns, VersionRow::key);
        withInterval(columns, "valid", row -> Optional.of(row.valid()));
        withQualifiers(columns, VersionRow::qualifiers);
        return withRecorded(columns, VersionRow::recorded).done();
    }

    private static Table<ProfileRow> profile() {
        Columns<ProfileRow> columns = Table.insertInto("profile");
        columns.with("id", ColumnType.UUID, row -> row.id().value())
                .with("space", ColumnType.INT, ProfileRow::space)
                .with("entity", ColumnType.BIGINT, ProfileRow::node)
                .with("type", ColumnType.TEXT, row -> row.portrait().type().value())
                .with("name", ColumnType.TEXT, row -> orNull(row.portrait().name()))
                .with("aliases", ColumnType.TEXTS, row -> ArrayText.of(row.portrait().aliases()))
                .with("description", ColumnType.TEXT, row -> orNull(row.portrait().description()))
                .with(
                        "latitude",
                        ColumnType.DOUBLE,
                        row -> orNull(row.portrait().place().map(point -> point.latitude())))
                .with(
                        "longitude",
                        ColumnType.DOUBLE,
                        row -> orNull(row.portrait().place().map(point -> point.longitude())));
        withInterval(columns, "exists", row -> row.portrait().exists());
        return withRecorded(columns, ProfileRow::recorded).done();
    }

    private static Table<MemoryRow> memory() {
        return Table.<MemoryRow>insertInto("memory")
                .with("row_id", ColumnType.UUID, row -> row.id().value())
                .with("node", ColumnType.BIGINT, MemoryRow::node)
                .with("space", ColumnType.INT, MemoryRow::space)
                .with("id", ColumnType.TEXT, row -> row.memory().id().value())
                .with("text", ColumnType.TEXT, row -> row.memory().text())
                .with(
                        "occurred",
                        ColumnType.BIGINT,
                        row -> orNull(row.memory().occurred().map(Moments::toMicros)))
                .with("agent", ColumnType.TEXT, row -> orNull(row.memory().agent()))
                .with("session", ColumnType.TEXT, row -> orNull(row.memory().session()))
                .with("speaker", ColumnType.TEXT, row -> orNull(row.memory().speaker()))
                .with(
                        "latitude",
                        ColumnType.DOUBLE,
                        row -> orNull(row.memory().place().map(point -> point.latitude())))
                .with(
                        "longitude",
                        ColumnType.DOUBLE,
                        row -> orNull(row.memory().place().map(point -> point.longitude())))
                .with("mentions", ColumnType.BIGINTS, row -> ArrayText.ofNumbers(row.mentions()))
                .with("source", ColumnType.INT, MemoryRow::source)
                .with("metadata", ColumnType.TEXT, row -> row.memory().metadata())
                .with("content_hash", ColumnType.BYTES, row -> row.hash().bytes())
                .with("from_position", ColumnType.BIGINT, row -> row.kept().position().number())
                .with("recorded_from", ColumnType.BIGINT, row -> Moments.toMicros(row.kept().at()))
                .done();
    }

    private static <T> void withFact(Columns<T> columns, Function<T, FactKey> key) {
        columns.with("space", ColumnType.INT, row -> key.apply(row).space())
                .with("fact", ColumnType.UUID, row -> key.apply(row).fact().value())
                .with("subject", ColumnType.BIGINT, row -> key.apply(row).subject())
                .with("predicate", ColumnType.INT, row -> key.apply(row).predicate())
                .with(
                        "object_kind",
                        ColumnType.SMALLINT,
                        row -> Codes.of(key.apply(row).object().kind()))
                .with("object", ColumnType.TEXT, row -> key.apply(row).object().canonical())
                .with("object_node", ColumnType.BIGINT, row -> orNull(key.apply(row).objectNode()));
    }

    private static <T> void withInterval(
            Columns<T> columns, String name, Function<T, Optional<Interval>> interval) {
        columns.with(
                        name + "_from",
                        ColumnType.BIGINT,
                        row -> orNull(interval.apply(row).map(Interval::fromMicros)))
                .with(
                        name + "_until",
                        ColumnType.BIGINT,
                        row -> orNull(interval.apply(row).map(Interval::untilMicros)))
                .with(
                        name + "_end",
                        ColumnType.CHAR,
                        row ->
                                orNull(
                                        interval.apply(row)
                                                .map(found -> String.valueOf(found.endCode()))));
    }

    private static <T> void withQualifiers(Columns<T> columns, Function<T, Qualifiers> said) {
        columns.with("confidence", ColumnType.DOUBLE, row -> orNull(said.apply(row).confidence()))
                .with("strength", ColumnType.DOUBLE, row -> orNull(said.apply(row).strength()))
                .with(
                        "delay_mean",
                        ColumnType.DOUBLE,
                        row -> seconds(said.apply(row).delay().map(Qualifiers.Delay::mean)))
                .with(
                        "delay_sd",
                        ColumnType.DOUBLE,
                        row ->
                                seconds(
                                        said.apply(row)
                                                .delay()
                                                .flatMap(Qualifiers.Delay::deviation)))
                .with("statement", ColumnType.TEXT, row -> orNull(said.apply(row).statement()));
    }

    private static <T> Columns<T> withRecorded(Columns<T> columns, Function<T, Recorded> recorded) {
        return columns.with(
                        "from_position",
                        ColumnType.BIGINT,
                        row -> recorded.apply(row).fromPosition())
                .with("recorded_from", ColumnType.BIGINT, row -> recorded.apply(row).fromMicros())
                .with(
                        "until_position",
                        ColumnType.BIGINT,
                        row -> recorded.apply(row).untilPosition())
                .with(
                        "recorded_until",
                        ColumnType.BIGINT,
                        row -> recorded.apply(row).untilMicros());
    }

    private static @Nullable Object seconds(Optional<Duration> duration) {
        return orNull(duration.map(Seconds::of));
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    private static @Nullable Object orNull(Optional<?> value) {
        return value.isPresent() ? value.get() : null;
    }

    private static @Nullable Object orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static @Nullable Object orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
