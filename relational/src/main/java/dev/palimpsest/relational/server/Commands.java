package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs short programs to their end.
final class Commands {

    /// How a program ended, and what it said on either stream.
    record Outcome(int exit, String said) {}

    private Commands() {}

    /// Runs `command` and waits for it.
    static Outcome run(List<String> command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            withPlainSurroundings(builder);
            Process process = builder.start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.onExit().join().exitValue(), said.strip());
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /// Sends the signal of that name to a process; false when there is none such to be had.
    static boolean signal(String name, long pid) {
        return run(List.of("sh", "-c", "kill -" + name + " " + pid)).exit() == 0;
    }

    /// Takes away what in our environment would change PostgreSQL's behaviour, and starts it where
    /// any user may be.
    static void withPlainSurroundings(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        builder.directory(Path.of("/").toFile());
    }
}
