package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads the rows of a table - CSV as RFC 4180 has it, or with tabs - whose first row names the
/// columns, as a mapping says. Pieces are numbered by the line they begin in.
///
/// A row that does not fit is refused by itself. Where the columns are not those of the mapping, or
/// a quote is never closed, reading ends with a refusal that says so.
final class TableReader implements ItemReader {

    /// The most bytes of a row.
    static final int LONGEST_ROW = 2 * 1024 * 1024;

    private static final String NOTHING_AFTER = "; nothing after it was read";
    private static final int MOST_COLUMNS = 1_000;

    private final BoundedRecords records;
    private final TableMapping mapping;
    private final RowParser rows;
    private final ContentIds ids = new ContentIds();
    private final ObjectReader cells;
    private List<String> columns = List.of();
    private boolean ended;

    /// @param usual the delimiter, if the mapping names none
    /// @param importing whether rows may say when they were recorded
    TableReader(InputStream in, TableMapping mapping, char usual, boolean importing) {
        char delimiter = mapping.delimiter().orElse(usual);
        this.mapping = importing ? mapping : mapping.recordedNow();
        this.records = new BoundedRecords(in, delimiter, LONGEST_ROW);
        this.rows = new RowParser(this.mapping, ItemParser.forImports(ids));
        this.cells =
                new CsvMapper()
                        .readerFor(String[].class)
                        .with(CsvSchema.emptySchema().withColumnSeparator(delimiter));
    }

    @Override
    public Optional<Piece> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        if (!records.advance()) {
            return columns.isEmpty()
                    ? last(new InvalidField("", "is empty, where the columns must be named"))
                    : Optional.empty();
        }
        try {
            if (columns.isEmpty()) {
                columns = header();
                return next();
            }
        } catch (InvalidField e) {
            return last(new InvalidField(e.field(), e.rule() + NOTHING_AFTER));
        }
        if (records.isOpen()) {
            return last(
                    new InvalidField(
                            "",
                            (records.tooLong()
                                            ? "has a quote that is not closed within "
                                                    + LONGEST_ROW
                                                    + " bytes"
                                            : "has a quote that is never closed")
                                    + NOTHING_AFTER));
        }
        return Optional.of(piece());
    }

    private Optional<Piece> last(InvalidField problem) {
        ended = true;
        return Optional.of(new Piece(records.line(), new Parsed.Refused(problem.refusal()), ""));
    }

    private List<String> header() throws IOException {
        var names = List.of(cells());
        if (names.size() > MOST_COLUMNS) {
            throw new InvalidField("", "has at most " + MOST_COLUMNS + " columns: " + names.size());
        }
        var different = new HashSet<String>();
        for (var name : names) {
            if (!different.add(name)) {
                throw new InvalidField("", "names the column '" + name + "' twice");
            }
        }
        var missing = new TreeSet<>(mapping.columns());
        missing.removeAll(different);
        if (!missing.isEmpty()) {
            throw new InvalidField(
                    "",
                    "has no column '"
                            + String.join("', '", missing)
                            + "', which the mapping names; there are '"
                            + Shapes.shown(String.join("', '", names))
                            + "'");
        }
        return names;
    }

    private Piece piece() throws IOException {
        byte[] bytes = records.bytes();
        ids.standAt(records.line(), bytes);
        var text = Utf8.shown(bytes);
        try {
            return new Piece(records.line(), row(cells()), text);
        } catch (InvalidField e) {
            return new Piece(records.line(), new Parsed.Refused(e.refusal()), text);
        }
    }

    private Parsed row(String[] row) {
        if (row.length != columns.size()) {
            throw new InvalidField(
                    "", "has " + row.length + " cells, and the header " + columns.size());
        }
        var byColumn = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < row.length; i++) {
            if (!row[i].isEmpty()) {
                byColumn.put(columns.get(i), row[i]);
            }
        }
        return rows.parse(byColumn);
    }

    private String[] cells() throws IOException {
        if (records.tooLong() && !records.isOpen()) {
            throw new InvalidField("", "a row has at most " + LONGEST_ROW + " bytes");
        }
        try {
            return cells.readValue(Utf8.decode(records.bytes()));
        } catch (JsonProcessingException e) {
            throw new InvalidField(
                    "", "is no row of a table: " + Shapes.shown(e.getOriginalMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
