package dev.palimpsest.datasets.made;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file of comma-separated values with a head.
final class CsvFile {

    private static final ObjectReader ROWS =
            new CsvMapper()
                    .readerForListOf(String.class)
                    .with(CsvParser.Feature.WRAP_AS_ARRAY)
                    .with(CsvParser.Feature.SKIP_EMPTY_LINES);

    private CsvFile() {}

    /// The rows below the head; bytes that are no UTF-8 become replacement characters.
    static List<List<String>> rows(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try (MappingIterator<List<String>> rows = ROWS.readValues(text)) {
            return rows.readAll().stream().skip(1).toList();
        }
    }
}
