package dev.palimpsest.ingest.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The headings of Markdown that stand above a line: `# One`, `## Two`, but not within fenced code.
final class Headings {

    private static final Pattern HEADING =
            Pattern.compile(" {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t#]*\r?");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST = 200;

    private record Heading(int level, String words) {}

    private final List<Heading> above = new ArrayList<>();
    private String fence = "";

    boolean isHeading(String line) {
        return fence.isEmpty() && line.length() <= LONGEST_LINE && HEADING.matcher(line).matches();
    }

    /// Goes on behind `line`.
    void pass(String line) {
        var heading = HEADING.matcher(line);
        if (isHeading(line) && heading.matches()) {
            int level = heading.group(1).length();
            above.removeIf(one -> one.level() >= level);
            var words = heading.group(2) == null ? "" : heading.group(2).strip();
            above.add(new Heading(level, words.substring(0, Math.min(words.length(), LONGEST))));
            return;
        }
        var marks = FENCE.matcher(line);
        if (marks.matches()) {
            var found = marks.group(1).substring(0, 3);
            fence = fence.isEmpty() ? found : fence.equals(found) ? "" : fence;
        }
    }

    /// From the outermost.
    List<String> path() {
        return above.stream().map(Heading::words).toList();
    }
}
