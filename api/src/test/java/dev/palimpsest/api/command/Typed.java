package dev.palimpsest.api.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A command as typed, and what came of it.
///
/// @param out what it printed on standard output
/// @param error what it printed on standard error
record Typed(int exitCode, String out, String error) {

    static Typed run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        var outBefore = System.out;
        var errorBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Commands.run(arguments);
            return new Typed(
                    exitCode,
                    out.toString(StandardCharsets.UTF_8),
                    error.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errorBefore);
        }
    }
}
