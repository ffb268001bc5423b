package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// Makes rows of what [RowReader] and [NameReader] select, by the place of each column.
final class RowShapes {

    private RowShapes() {}

    static AssertionRow assertion(ResultSet row) throws SQLException {
        var content =
                new Content(
                        key(row, 2),
                        interval(row, 9),
                        row.getInt(19),
                        qualifiers(row, 12),
                        evidence(row, 20),
                        row.getLong(23),
                        correction(row, 24));
        return new AssertionRow(id(row), content, recorded(row, 17), Optional.empty());
    }

    static VersionRow version(ResultSet row) throws SQLException {
        return new VersionRow(
                id(row), key(row, 2), interval(row, 9), qualifiers(row, 12), recorded(row, 17));
    }

    /// With the columns until_position and recorded_until after those of [#assertion].
    static AssertionRow assertionWithEnd(ResultSet row) throws SQLException {
        var open = assertion(row);
        var until = until(row, 26);
        return until.isEmpty() ? open : open.closedAt(until.get(), Optional.empty());
    }

    /// With the columns until_position and recorded_until after those of [#version].
    static VersionRow versionWithEnd(ResultSet row) throws SQLException {
        var open = version(row);
        return until(row, 19).map(open::closedAt).orElse(open);
    }

    /// With the columns until_position and recorded_until after those of [#profile].
    static ProfileRow profileWithEnd(ResultSet row) throws SQLException {
        var open = profile(row);
        return until(row, 15).map(open::closedAt).orElse(open);
    }

    private static Optional<Stamp> until(ResultSet row, int at) throws SQLException {
        long position = row.getLong(at);
        return position == Limits.OPEN
                ? Optional.empty()
                : Optional.of(
                        new Stamp(new Position(position), Moments.fromMicros(row.getLong(at + 1))));
    }

    /// What is embedded of a memory, from three columns: text, speaker, occurred.
    static String embedded(ResultSet row, int at) throws SQLException {
        long micros = row.getLong(at + 2);
        Optional<Instant> occurred =
                row.wasNull() ? Optional.empty() : Optional.of(Moments.fromMicros(micros));
        return Memory.withContext(row.getString(at), text(row, at + 1), occurred);
    }

    static ProfileRow profile(ResultSet row) throws SQLException {
        double latitude = row.getDouble(8);
        Optional<GeoPoint> place =
                row.wasNull()
                        ? Optional.empty()
                        : Optional.of(new GeoPoint(latitude, row.getDouble(9)));
        row.getLong(10);
        Optional<Interval> exists =
                row.wasNull() ? Optional.empty() : Optional.of(interval(row, 10));
        var portrait =
                new ProfileRow.Portrait(
                        new EntityType(row.getString(4)),
                        text(row, 5),
                        List.of((String[]) row.getArray(6).getArray()),
                        text(row, 7),
                        place,
                        exists);
        return new ProfileRow(id(row), row.getInt(2), row.getLong(3), portrait, recorded(row, 13));
    }

    /// From seven columns: fact, space, subject, predicate, kind, object, node of object.
    static FactKey key(ResultSet row, int at) throws SQLException {
        long objectNode = row.getLong(at + 6);
        var node = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(objectNode);
        return new FactKey(
                new FactId(row.getObject(at, UUID.class)),
                row.getInt(at + 1),
                row.getLong(at + 2),
                row.getInt(at + 3),
                Value.parse(Codes.objectKind(row.getInt(at + 4)), row.getString(at + 5)),
                node);
    }

    /// From eleven columns: no, space, name, functional, causal, symmetric, inverse, kind of
    /// object, registered, kinds used, position.
    static PredicateRow predicate(ResultSet row, int at) throws SQLException {
        int kind = row.getInt(at + 7);
        Optional<ObjectKind> object =
                row.wasNull() ? Optional.empty() : Optional.of(Codes.objectKind(kind));
        var definition =
                new Predicate(
                        new PredicateName(row.getString(at + 2)),
                        row.getBoolean(at + 3),
                        row.getBoolean(at + 4),
                        row.getBoolean(at + 5),
                        text(row, at + 6).map(PredicateName::new),
                        object);
        return new PredicateRow(
                row.getInt(at),
                row.getInt(at + 1),
                definition,
                row.getBoolean(at + 8),
                row.getInt(at + 9),
                row.getLong(at + 10));
    }

    static Optional<String> text(ResultSet row, int at) throws SQLException {
        return Optional.ofNullable(row.getString(at));
    }

    private static RowId id(ResultSet row) throws SQLException {
        return new RowId(row.getObject(1, UUID.class));
    }

    private static Interval interval(ResultSet row, int at) throws SQLException {
        return Interval.ofMicros(
                row.getLong(at), row.getLong(at + 1), row.getString(at + 2).charAt(0));
    }

    private static Recorded recorded(ResultSet row, int at) throws SQLException {
        return Recorded.since(
                new Stamp(new Position(row.getLong(at)), Moments.fromMicros(row.getLong(at + 1))));
    }

    private static Qualifiers qualifiers(ResultSet row, int at) throws SQLException {
        var confidence = number(row, at);
        var strength = number(row, at + 1);
        var mean = number(row, at + 2);
        var deviation = number(row, at + 3);
        Optional<Qualifiers.Delay> delay =
                mean.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Qualifiers.Delay(
                                        Seconds.toDuration(mean.getAsDouble()),
                                        deviation.isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(
                                                        Seconds.toDuration(
                                                                deviation.getAsDouble()))));
        var statement = text(row, at + 4);
        return confidence.isEmpty() && strength.isEmpty() && delay.isEmpty() && statement.isEmpty()
                ? Qualifiers.NONE
                : new Qualifiers(confidence, strength, delay, statement);
    }

    private static OptionalDouble number(ResultSet row, int at) throws SQLException {
        double number = row.getDouble(at);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private static Optional<Evidence> evidence(ResultSet row, int at) throws SQLException {
        var memory = text(row, at).map(MemoryId::new);
        var quote = text(row, at + 1);
        if (memory.isEmpty() && quote.isEmpty()) {
            return Optional.empty();
        }
        int offset = row.getInt(at + 2);
        var place = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(offset);
        return Optional.of(new Evidence(memory, quote, place));
    }

    private static Optional<Content.Correction> correction(ResultSet row, int at)
            throws SQLException {
        var corrected = Optional.ofNullable(row.getObject(at + 1, UUID.class));
        var reason = text(row, at);
        return corrected.map(fact -> new Content.Correction(reason.orElse(""), new FactId(fact)));
    }
}
