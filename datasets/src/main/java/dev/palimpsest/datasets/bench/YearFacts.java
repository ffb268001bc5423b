package dev.palimpsest.datasets.bench;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.Statement.Replaces;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Interval.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A data set of facts with years, as `train.txt`, `valid.txt` and `test.txt` of a folder hold
/// them: `subject predicate object from until` in numbers that `entity2id.txt` and
/// `relation2id.txt` name. Where `entity2id.txt` has two further columns, they are the days between
/// which the entity exists.
///
/// Years and days are closed: `1990 1995` is from the start of 1990 to the start of 1996. `#`
/// stands for what nobody knows: a day or month takes the whole month or year, an end without a
/// year is an unknown end, and a start without a year says nothing.
///
/// @param reversed lines that end before they start, and are left out
/// @param unread lines about what has no start, and are left out
record YearFacts(SpaceId space, List<Statement> said, List<String> reversed, List<String> unread) {

    /// A source is so many lines of one file.
    private static final int LINES_OF_A_SOURCE = 80;

    private static final List<String> FILES = List.of("train.txt", "valid.txt", "test.txt");
    private static final Pattern DAY =
            Pattern.compile("(-?)([0-9]{1,4})(#{0,3})-([0-9]{2}|##)-([0-9]{2}|##)");
    private static final String NO_YEAR = "####-##-##";

    /// @throws IOException if a file cannot be read, or is not what it should be
    static YearFacts read(Path folder) throws IOException {
        var name = String.valueOf(folder.getFileName());
        return new Reading(name).read(folder);
    }

    private static final class Reading {
        private final String name;
        private final List<Statement> said = new ArrayList<>();
        private final List<String> reversed = new ArrayList<>();
        private final List<String> unread = new ArrayList<>();
        private final Map<String, EntityId> entities = new HashMap<>();
        private final Map<String, PredicateName> predicates = new HashMap<>();

        Reading(String name) {
            this.name = name;
        }

        YearFacts read(Path folder) throws IOException {
            for (var row : rows(folder.resolve("relation2id.txt"), 2)) {
                predicates.put(row.cells.get(1), new PredicateName(bare(row.cells.get(0))));
            }
            for (var row : rows(folder.resolve("entity2id.txt"), 2)) {
                entities.put(row.cells.get(1), new EntityId(bare(row.cells.get(0))));
                if (row.cells.size() >= 4) {
                    existence(row);
                }
            }
            for (var file : FILES) {
                for (var row : rows(folder.resolve(file), 5)) {
                    fact(row);
                }
            }
            return new YearFacts(new SpaceId(name), said, reversed, unread);
        }

        private void existence(Row row) throws IOException {
            if (!DAY.matcher(row.cells.get(2)).matches()) {
                unread.add(row.toString());
                return;
            }
            var from = day(row, row.cells.get(2), false);
            boolean known = !row.cells.get(3).equals(NO_YEAR);
            var end = known ? new End.At(day(row, row.cells.get(3), true)) : unknown();
            add(row, entity(row, 1), Profile.EXISTS, new Value.Flag(true), from, end);
        }

        private void fact(Row row) throws IOException {
            var predicate = predicates.get(row.cells.get(1));
            if (predicate == null) {
                throw row.broken("names no relation");
            }
            add(
                    row,
                    entity(row, 0),
                    predicate,
                    new Value.Entity(entity(row, 2)),
                    year(row, row.cells.get(3), 0),
                    new End.At(year(row, row.cells.get(4), 1)));
        }

        private void add(
                Row row,
                EntityId subject,
                PredicateName predicate,
                Value object,
                Instant from,
                End end) {
            if (end instanceof End.At(Instant until) && !from.isBefore(until)) {
                reversed.add(row.toString());
                return;
            }
            said.add(
                    new Statement(
                            subject,
                            predicate,
                            object,
                            new Interval(from, end),
                            new SourceId(name + " " + row.source()),
                            Qualifiers.NONE,
                            Optional.empty(),
                            Replaces.OVERLAP));
        }

        private EntityId entity(Row row, int cell) throws IOException {
            var entity = entities.get(row.cells.get(cell));
            if (entity == null) {
                throw row.broken("names no entity");
            }
            return entity;
        }
    }

    private record Row(String file, int number, String line, List<String> cells) {

        String source() {
            return file + " " + number / LINES_OF_A_SOURCE;
        }

        IOException broken(String why) {
            return new IOException(this + " " + why);
        }

        @Override
        public String toString() {
            return file + ":" + number + " (" + line.replace('\t', ' ') + ")";
        }
    }

    private static List<Row> rows(Path file, int cells) throws IOException {
        var rows = new ArrayList<Row>();
        var name = String.valueOf(file.getFileName());
        for (var line : Files.readAllLines(file)) {
            var row = new Row(name, rows.size() + 1, line, List.of(line.split("\t", -1)));
            if (row.cells.size() < cells) {
                throw row.broken("has fewer than " + cells + " columns");
            }
            rows.add(row);
        }
        return rows;
    }

    private static String bare(String name) {
        return name.startsWith("<") && name.endsWith(">")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    private static End unknown() {
        return new End.Unknown(Optional.empty());
    }

    /// The start of a year, or of one so many years later.
    private static Instant year(Row row, String text, int later) throws IOException {
        try {
            return start(LocalDate.of(Integer.parseInt(text) + later, 1, 1));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IOException(row + " has no such year: " + text, e);
        }
    }

    /// The first moment of what `text` names, a day, month or year, or the first after it.
    private static Instant day(Row row, String text, boolean after) throws IOException {
        var parts = DAY.matcher(text);
        if (!parts.matches()) {
            throw row.broken("has no such day: " + text);
        }
        int year = year(parts, after);
        try {
            if (parts.group(4).startsWith("#")) {
                return start(LocalDate.of(year + (after ? 1 : 0), 1, 1));
            }
            int month = Integer.parseInt(parts.group(4));
            if (parts.group(5).startsWith("#")) {
                return start(LocalDate.of(year, month, 1).plusMonths(after ? 1 : 0));
            }
            int day = Integer.parseInt(parts.group(5));
            return start(LocalDate.of(year, month, day).plusDays(after ? 1 : 0));
        } catch (DateTimeException e) {
            throw new IOException(row + " has no such day: " + text, e);
        }
    }

    /// The year, or the first or last that its known digits allow.
    private static int year(Matcher parts, boolean last) {
        boolean negative = !parts.group(1).isEmpty();
        var digits = parts.group(2) + parts.group(3).replace('#', negative == last ? '0' : '9');
        return negative ? -Integer.parseInt(digits) : Integer.parseInt(digits);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
