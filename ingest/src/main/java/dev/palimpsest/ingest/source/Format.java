package dev.palimpsest.ingest.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How data that come in may be written.
public enum Format {
    NDJSON("line", "ndjson jsonl"),
    GEOJSON("feature", "geojson"),
    CSV("row", "csv"),
    TSV("row", "tsv tab"),
    GRAPHML("line", "graphml"),
    MARKDOWN("line", "md markdown"),
    TEXT("line", "txt text"),
    CHAT("message", "chat"),
    MEMORY_SERVER("line", "");

    /// How many bytes of what comes in must be looked at to tell its format.
    public static final int HEAD = 4 * 1024;

    private static final Map<String, Format> BY_ENDING =
            Arrays.stream(values())
                    .flatMap(format ->
                            Stream.of(format.endings.split(" "))
                                    .filter(end -> !end.isEmpty())
                                    .map(end -> Map.entry(end, format)))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final List<String> PACKED = List.of(".gz", ".gzip", ".zst", ".zstd");

    private final String piece;

    /// What names of such files end in; nothing if no name tells.
    private final String endings;

    Format(String piece, String endings) {
        this.piece = piece;
        this.endings = endings;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What is counted of it: lines, rows, features or messages.
    public String piece() {
        return piece;
    }

    /// Whether it means nothing without a mapping.
    public boolean needsMapping() {
        return this == GEOJSON || this == CSV || this == TSV;
    }

    /// Whether it says all by itself, so that the name of what comes in means nothing.
    public boolean isUnnamed() {
        return this == NDJSON || needsMapping();
    }

    /// @throws IllegalArgumentException if there is none of that name
    public static Format of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + words()));
    }

    /// The format of a file, by its name, else by how its (unpacked) content begins.
    ///
    /// @param hasMapping whether a mapping says what it means
    /// @throws InvalidField if neither tells
    static Format guess(String name, byte[] head, boolean hasMapping) {
        return byName(name)
                .or(() -> byContent(new String(head, StandardCharsets.UTF_8), hasMapping))
                .orElseThrow(() ->
                        new InvalidField(
                                "format",
                                "is not told by the name or the content: give one of " + words()));
    }

    /// The format that a file's name tells.
    public static Optional<Format> byName(String name) {
        var plain = name.toLowerCase(Locale.ROOT);
        for (var packed : PACKED) {
            plain =
                    plain.endsWith(packed)
                            ? plain.substring(0, plain.length() - packed.length())
                            : plain;
        }
        return Optional.ofNullable(BY_ENDING.get(plain.substring(plain.lastIndexOf('.') + 1)))
                .filter(_ -> name.indexOf('.') >= 0);
    }

    private static Optional<Format> byContent(String head, boolean hasMapping) {
        var start = head.replaceFirst("^\uFEFF", "").stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return Optional.of(ofJson(start));
        }
        if (start.startsWith("<")) {
            return Optional.of(GRAPHML).filter(_ -> start.contains("<graphml"));
        }
        return Optional.of(start.lines().findFirst().orElse("").contains("\t") ? TSV : CSV)
                .filter(_ -> hasMapping);
    }

    private static Format ofJson(String start) {
        if (start.contains("\"FeatureCollection\"")) {
            return GEOJSON;
        }
        return start.startsWith("[") || start.contains("\"messages\"") ? CHAT : NDJSON;
    }

    private static String words() {
        return Arrays.stream(values()).map(Format::word).collect(Collectors.joining(", "));
    }
}
