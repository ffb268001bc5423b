package dev.palimpsest.datasets.peers;

/// Lines as `COPY` reads them.
final class CopyLines {

    static final String NULL = "\\N";

    private final StringBuilder lines = new StringBuilder();

    void add(Object... values) {
        for (int i = 0; i < values.length; i++) {
            lines.append(i == 0 ? "" : "\t").append(values[i]);
        }
        lines.append('\n');
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
