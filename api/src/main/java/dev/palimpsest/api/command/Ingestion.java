package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.command.ItemFile.BrokenFile;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/// One file on its way in: batch after batch, in order, with a count of what became of its items.
final class Ingestion {

    private final Client client;
    private final String space;
    private final long size;
    private final long begin = System.nanoTime();
    private long read;
    private long written;
    private long unchanged;
    private long refused;
    private boolean visible = true;

    /// @param space the path of the space
    /// @param size of the file in bytes; 0 if nobody knows
    Ingestion(Client client, String space, long size) {
        this.client = client;
        this.space = space;
        this.size = size;
    }

    /// Sends everything and says what became of it.
    ///
    /// @return the exit code
    int run(ItemFile file) throws IOException {
        boolean broken = false;
        try (var progress = Progress.ofFile("ingest", size, file.word() + "s")) {
            client.whenWaiting(why -> progress.say("waiting: " + why));
            try {
                send(file, progress);
            } catch (BrokenFile e) {
                progress.say(String.valueOf(e.getMessage()));
                broken = true;
            }
        }
        System.out.println(summary(file.word()));
        return refused > 0 || broken ? Failure.ASKED : 0;
    }

    private void send(ItemFile file, Progress progress) throws IOException {
        for (var next = file.next(); next.isPresent(); next = file.next()) {
            var batch = next.get();
            var wait = batch.isLast() ? "searchable" : "durable";
            count(batch, batch.post().to(client, space, wait), file.word(), progress);
        }
    }

    private void count(ItemBatch batch, JsonNode receipt, String word, Progress progress) {
        for (var result : receipt.path("results")) {
            read++;
            switch (result.path("status").asText()) {
                case "written" -> written++;
                case "unchanged" -> unchanged++;
                default -> {
                    refused++;
                    long number = batch.before() + result.path("line").asLong();
                    progress.say(
                            word
                                    + " "
                                    + number
                                    + ": "
                                    + result.at("/problem/detail").asText("refused"));
                }
            }
        }
        visible = receipt.path("visible").asBoolean(true);
        progress.step(batch.bytes(), read);
    }

    private String summary(String word) {
        var took = Duration.ofNanos(System.nanoTime() - begin);
        double seconds = Math.max(took.toNanos() / 1e9, 1e-3);
        return String.format(
                        Locale.ROOT,
                        "%,d %ss read: %,d written, %,d unchanged, %,d refused; %s, %,.0f/s",
                        read,
                        word,
                        written,
                        unchanged,
                        refused,
                        Wording.duration(took),
                        read / seconds)
                + (visible
                        ? ""
                        : "; all is durable; a server, or the next command, makes the last of it findable");
    }
}
