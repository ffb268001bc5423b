package dev.palimpsest.api.command;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/// Where a command's answer is printed; in colour where that is wanted and possible.
public final class Terminal {

    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean coloured;

    /// @param coloured whether `out` understands escape sequences
    public Terminal(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /// Standard output.
    public static Terminal standard() {
        return new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8), Ansi.AUTO.enabled());
    }

    /// Whether somebody watches standard error, so that a bar can move there.
    static boolean isWatched() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    public void line(String text) {
        out.println(text);
    }

    public void line() {
        out.println();
    }

    public String bold(String text) {
        return coloured ? BOLD + text + PLAIN : text;
    }

    public String faint(String text) {
        return coloured ? FAINT + text + PLAIN : text;
    }
}
