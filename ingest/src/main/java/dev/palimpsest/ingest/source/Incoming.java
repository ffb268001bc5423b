package dev.palimpsest.ingest.source;

import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.SourceId;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Data of any format on their way in, unpacked and ready to be read. Close it: it holds the file.
///
/// What has no id gets one made of where it stands and what it says, so that the same file read
/// again says the same.
///
/// @param predicates to be registered before anything is written
public record Incoming(Format format, ItemReader reader, List<Predicate> predicates)
        implements Closeable {

    public Incoming {
        predicates = List.copyOf(predicates);
    }

    /// What is known of data beside their bytes.
    ///
    /// @param format told by the name or the content if empty
    /// @param name of the file; documents and conversations are known by it
    /// @param source who says so, of formats that do not say it themselves: the name if empty
    /// @param mapping what features or rows mean, as JSON
    /// @param recorded whether items may say when they were recorded
    public record Description(
            Optional<Format> format,
            String name,
            Optional<String> source,
            Optional<String> mapping,
            boolean recorded) {

        /// The same without the name where nothing of what is read is known by it.
        public Description withoutIdleName() {
            boolean isIdle = format.map(Format::isUnnamed).orElse(false);
            return isIdle ? new Description(format, "", source, mapping, recorded) : this;
        }

        /// @throws InvalidField if the data, or who says so, cannot be called that
        public void require() {
            if (name.isBlank() || name.length() > Shapes.LONGEST_LABEL) {
                throw new InvalidField(
                        "name",
                        "has 1 to " + Shapes.LONGEST_LABEL + " characters: " + name.length());
            }
            StrictJson.requireStorable(name, "name");
            source.ifPresent(id -> Shapes.made("source", () -> new SourceId(id)));
        }

        private Optional<byte[]> mappingBytes() {
            return mapping.map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Begins to read; what it refuses is closed.
    ///
    /// @throws InvalidField if the description does not fit: no format, no mapping where one is
    ///   needed, or one that is none
    /// @throws IOException if it cannot be read or unpacked; its message says why
    public static Incoming open(InputStream raw, Description told) throws IOException {
        var unpacked = Unpacked.of(raw);
        try {
            return openUnpacked(unpacked, told);
        } catch (IOException | RuntimeException e) {
            unpacked.close();
            throw e;
        }
    }

    private static Incoming openUnpacked(InputStream unpacked, Description told)
            throws IOException {
        told.require();
        var in = new BufferedInputStream(unpacked, 2 * Format.HEAD);
        in.mark(Format.HEAD);
        byte[] head = in.readNBytes(Format.HEAD);
        in.reset();
        requireUtf8(head);
        var format =
                told.format()
                        .orElseGet(
                                () -> Format.guess(told.name(), head, told.mapping().isPresent()));
        if (format.needsMapping() != told.mapping().isPresent()) {
            throw new InvalidField(
                    "mapping",
                    format.needsMapping()
                            ? "is required for " + format.word() + ": it says what the data mean"
                            : "says nothing about " + format.word());
        }
        return open(in, format, head, told);
    }

    private static Incoming open(InputStream in, Format format, byte[] head, Description told)
            throws IOException {
        return switch (format) {
            case NDJSON -> plain(format, lines(in, told.recorded()));
            case GEOJSON -> features(in, told);
            case CSV -> table(in, format, ',', told);
            case TSV -> table(in, format, '\t', told);
            case GRAPHML -> plain(format, new GraphMlReader(in, source(told)));
            case MARKDOWN -> plain(format, new TextReader(in, document(told), true));
            case TEXT -> plain(format, new TextReader(in, document(told), false));
            case MEMORY_SERVER -> plain(format, new MemoryServerReader(in, source(told)));
            case CHAT -> {
                var begin = new String(head, StandardCharsets.UTF_8).stripLeading();
                boolean isJson = begin.startsWith("{") || begin.startsWith("[{") || isArray(begin);
                yield plain(
                        format,
                        isJson
                                ? new ChatJsonReader(in, document(told))
                                : new ChatLinesReader(in, document(told)));
            }
        };
    }

    private static boolean isArray(String begin) {
        return begin.startsWith("[") && begin.substring(1).stripLeading().matches("(?s)[{\\]].*");
    }

    private static Incoming plain(Format format, ItemReader reader) {
        return new Incoming(format, reader, List.of());
    }

    private static ItemReader lines(InputStream in, boolean recorded) {
        var ids = new ContentIds();
        var parser = recorded ? ItemParser.forImports(ids) : ItemParser.forWrites(ids);
        return new NdjsonReader(in, parser, ids);
    }

    private static Incoming features(InputStream in, Description told) throws IOException {
        var mapping = ofMapping(() -> GeoJsonMapping.parse(told.mappingBytes().orElseThrow()));
        var read = told.recorded() ? mapping : mapping.recordedNow();
        return new Incoming(Format.GEOJSON, new GeoJsonReader(in, read), mapping.predicates());
    }

    private static Incoming table(InputStream in, Format format, char delimiter, Description told) {
        var mapping = ofMapping(() -> TableMapping.parse(told.mappingBytes().orElseThrow()));
        var reader = new TableReader(in, mapping, delimiter, told.recorded());
        return new Incoming(format, reader, mapping.predicates());
    }

    private static <T> T ofMapping(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (InvalidField e) {
            throw new InvalidField(
                    e.field().isEmpty() ? "mapping" : "mapping." + e.field(), e.rule());
        }
    }

    private static Document document(Description told) {
        return new Document(told.name(), source(told));
    }

    private static SourceId source(Description told) {
        return Shapes.made("source", () -> new SourceId(told.source().orElse(told.name())));
    }

    private static void requireUtf8(byte[] head) {
        int mark = head.length < 2 ? 0 : ((head[0] & 0xFF) << 8) | (head[1] & 0xFF);
        boolean isUtf16 = mark == 0xFEFF || mark == 0xFFFE;
        if (isUtf16) {
            throw new InvalidField(
                    "", "is UTF-16; convert it before, such as with iconv -f utf-16 -t utf-8");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
