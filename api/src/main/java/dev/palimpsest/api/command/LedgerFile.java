package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Restoring;
import dev.palimpsest.api.client.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Gets a file of the ledger from the store; it has its name only when it is whole.
final class LedgerFile {

    private LedgerFile() {}

    static void requireNew(Path file) {
        if (Files.exists(file)) {
            throw Failure.untried(file + " is there already; name another file");
        }
    }

    static void get(Client client, String path, Path file) {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            client.download(path, part);
            long rows = Restoring.check(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Terminal.standard()
                    .line(
                            String.format(
                                    "%,d rows, %,d bytes, checked, in %s",
                                    rows, Files.size(file), file));
        } catch (IOException e) {
            throw Failure.untried("cannot write " + file + ": " + Failure.reason(e), e);
        } finally {
            delete(part);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            Terminal.standard().line("cannot delete " + part + ": " + Failure.reason(e));
        }
    }
}
