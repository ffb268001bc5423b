package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Restoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// Gets a file of the ledger from the store; it has its name only when it is whole.
final class LedgerFile {

    private LedgerFile() {}

    static void requireNew(Path file) {
        if (Files.exists(file)) {
            throw Failure.untried(file + " is there already; name another file");
        }
    }

    /// Gets something into a file.
    interface Download {
        void into(Path part) throws IOException;
    }

    static void get(Download download, Path file) {
        get(
                download,
                file,
                part -> {
                    var checked = Restoring.check(part);
                    return String.format(
                            Locale.ROOT,
                            "%,d rows, checked%s",
                            checked.rows(),
                            checked.digest().map(hash -> ", digest " + hash).orElse(""));
                });
    }

    /// The same of a file of lines.
    static void getLines(Download download, Path file) {
        get(
                download,
                file,
                part -> {
                    try (var lines = Files.lines(part)) {
                        return String.format(Locale.ROOT, "%,d lines", lines.count());
                    }
                });
    }

    /// Says what is in a file that was got whole.
    private interface Check {
        String what(Path part) throws IOException;
    }

    private static void get(Download download, Path file, Check check) {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            download.into(part);
            var what = check.what(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Terminal.standard()
                    .line(
                            String.format(
                                    Locale.ROOT,
                                    "%s, %,d bytes, in %s",
                                    what,
                                    Files.size(file),
                                    file));
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
