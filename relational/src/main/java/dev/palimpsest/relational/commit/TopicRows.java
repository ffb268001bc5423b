package dev.palimpsest.relational.commit;

import java.util.List;

/// The rows of one topic that are visible now: what is said, and what is believed.
record TopicRows(List<AssertionRow> said, List<VersionRow> believed) {

    static final TopicRows NONE = new TopicRows(List.of(), List.of());

    TopicRows {
        said = List.copyOf(said);
        believed = List.copyOf(believed);
    }

    boolean hasUnknownEnd() {
        return said.stream().anyMatch(row -> row.content().endsUnknown());
    }
}
