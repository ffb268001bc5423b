package dev.palimpsest.api;

import dev.palimpsest.api.DataFolder.Holder;
import dev.palimpsest.disk.Durably;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The file `holder` of a data folder: process id, command and URL, one a line, the last only once
/// there is one. Beside it `certificate.pem`, by which the server on an `https` URL is known. Both
/// appear whole or not at all.
final class HolderFile {

    private HolderFile() {}

    static void write(Path root, Holder holder) throws IOException {
        put(
                root.resolve("holder"),
                holder.pid()
                        + "\n"
                        + holder.command()
                        + "\n"
                        + holder.url().map(url -> url + "\n").orElse(""));
    }

    /// Empty if there is none, or what is there says nothing.
    static Optional<Holder> read(Path root) {
        try {
            var lines = Files.readAllLines(root.resolve("holder"));
            if (lines.size() < 2 || !lines.get(0).matches("[0-9]{1,18}")) {
                return Optional.empty();
            }
            return Optional.of(
                    new Holder(
                            Long.parseLong(lines.get(0)),
                            lines.get(1),
                            lines.size() > 2
                                    ? Optional.of(URI.create(lines.get(2)))
                                    : Optional.empty()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.untried("cannot use the data folder: " + Failure.reason(e), e);
        }
    }

    /// Where the certificate lies that the server shows, if it does TLS.
    static Path certificate(Path root) {
        return root.resolve("certificate.pem");
    }

    static void certify(Path root, String pem) throws IOException {
        put(certificate(root), pem);
    }

    private static void put(Path file, String text) throws IOException {
        Durably.replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    static void delete(Path root) throws IOException {
        Files.deleteIfExists(root.resolve("holder"));
        Files.deleteIfExists(certificate(root));
    }
}
