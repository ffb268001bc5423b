package dev.palimpsest.datasets.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A process that answers a line with a line, and ends when nothing more can come.
final class LineProcess implements AutoCloseable {

    private static final long LONGEST_END_SECONDS = 120;

    private final Process process;
    private final BufferedWriter asked;
    private final BufferedReader answers;

    LineProcess(Process process) {
        this.process = process;
        this.asked = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    String ask(String line) throws IOException {
        asked.write(line);
        asked.newLine();
        asked.flush();
        return await();
    }

    /// The next line it says.
    String await() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new EOFException("the process has ended");
        }
        return answer;
    }

    /// CPU time used so far, in all its threads.
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            asked.close();
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IllegalStateException("cannot end the process", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
