package dev.palimpsest.relational.server;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a program that failed said of the reason, in one line.
final class LastWords {

    private static final Pattern REASON = Pattern.compile("\\b(?:FATAL|PANIC|DETAIL|HINT|error):");
    private static final Pattern STAMP =
            Pattern.compile("^.*?\\d{4}-\\d\\d-\\d\\d \\S+ \\S+ \\[\\d+\\] ");
    private static final int LINES_WITHOUT_REASON = 3;

    private LastWords() {}

    /// The lines of `output` that give a reason, else its last lines.
    static String of(String output) {
        List<String> lines =
                output.lines()
                        .map(line -> STAMP.matcher(line).replaceFirst("").strip())
                        .filter(line -> !line.isEmpty())
                        .toList();
        List<String> reasons = lines.stream().filter(REASON.asPredicate()).toList();
        List<String> told =
                reasons.isEmpty()
                        ? lines.subList(
                                Math.max(0, lines.size() - LINES_WITHOUT_REASON), lines.size())
                        : reasons;
        return told.isEmpty()
                ? "it gave no reason"
                : told.stream().distinct().collect(Collectors.joining("; "));
    }
}
