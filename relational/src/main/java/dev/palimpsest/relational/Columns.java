package dev.palimpsest.relational;

import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.relational.commit.Codes;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/// How the domain's values lie in columns that several tables share.
final class Columns {

    private Columns() {}

    /// The kind that lies on disk as this number.
    static ObjectKind kind(int number) {
        return Codes.objectKind(number);
    }

    static RowId rowId(ResultSet row, String column) throws SQLException {
        return new RowId(row.getObject(column, UUID.class));
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static OptionalLong number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    static OptionalDouble real(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /// From `object_kind` and `object`.
    static Value object(ResultSet row) throws SQLException {
        return Value.parse(kind(row.getInt("object_kind")), row.getString("object"));
    }

    /// From `valid_from`, `valid_until` and `valid_end`.
    static Interval valid(ResultSet row) throws SQLException {
        return Interval.ofMicros(
                row.getLong("valid_from"),
                row.getLong("valid_until"),
                row.getString("valid_end").charAt(0));
    }

    /// From `latitude` and `longitude`.
    static Optional<GeoPoint> place(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new GeoPoint(latitude, row.getDouble("longitude")));
    }

    /// From `confidence`, `strength`, `delay_mean`, `delay_sd` and `statement`.
    static Qualifiers qualifiers(ResultSet row) throws SQLException {
        var deviation = real(row, "delay_sd");
        var mean = real(row, "delay_mean");
        Optional<Qualifiers.Delay> delay =
                mean.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Qualifiers.Delay(
                                        ofSeconds(mean.getAsDouble()),
                                        deviation.isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(ofSeconds(deviation.getAsDouble()))));
        return new Qualifiers(
                real(row, "confidence"), real(row, "strength"), delay, text(row, "statement"));
    }

    /// From `from_position`, `recorded_from`, `until_position` and `recorded_until`, as known at
    /// `at`: what was closed later was open then. So an answer given at a position stays the same.
    static Recorded recorded(ResultSet row, Position at) throws SQLException {
        var from = stamp(row.getLong("from_position"), row.getLong("recorded_from"));
        long until = row.getLong("until_position");
        return until > at.number()
                ? Recorded.since(from)
                : new Recorded(from, Optional.of(stamp(until, row.getLong("recorded_until"))));
    }

    /// The same, as known now.
    static Recorded recorded(ResultSet row) throws SQLException {
        return recorded(row, NEWEST);
    }

    /// After every position there will ever be, and before an end that has not come.
    static final Position NEWEST = new Position(Moments.OPEN - 1);

    static Stamp stamp(long position, long recordedMicros) {
        return new Stamp(new Position(position), Moments.fromMicros(recordedMicros));
    }

    /// The duration of so many seconds, to the nanosecond.
    static Duration ofSeconds(double seconds) {
        var exact = new BigDecimal(seconds).setScale(9, RoundingMode.HALF_EVEN);
        var whole = exact.setScale(0, RoundingMode.FLOOR);
        long nanos = exact.subtract(whole).movePointRight(9).longValueExact();
        return Duration.ofSeconds(whole.longValueExact(), nanos);
    }
}
