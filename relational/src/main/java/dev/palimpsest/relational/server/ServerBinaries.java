package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/// The server's programs, unpacked from the class path: a folder with `bin`, `lib` and `share`.
record ServerBinaries(Path home) {

    private static final Logger LOG = LoggerFactory.getLogger(ServerBinaries.class);
    private static final String PREFIX = "server-";

    /// Unpacks the programs for this machine into `cache`, unless they are there already.
    ///
    /// They appear under their final name only when complete and on disk. Programs of another
    /// release in the same folder are removed: no server may be running from there.
    static ServerBinaries unpackedIn(Path cache) {
        String archive = archiveForThisMachine();
        URL resource = ServerBinaries.class.getResource(archive);
        if (resource == null) {
            throw new IllegalStateException("the build left out PostgreSQL's programs " + archive);
        }
        try {
            Path home = cache.resolve(PREFIX + fingerprint(resource));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                unpack(resource, home);
                removeOthers(cache, home);
            }
            return new ServerBinaries(home);
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "cannot unpack PostgreSQL into " + cache + ": " + e.getMessage(), e);
        }
    }

    /// The program of that name.
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static String archiveForThisMachine() {
        String system = System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "unknown");
        if (!system.equals("linux")) {
            throw noProgramsFor(system, processor);
        }
        return switch (processor) {
            case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
            case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
            default -> throw noProgramsFor(system, processor);
        };
    }

    private static StoreException.Unavailable noProgramsFor(String system, String processor) {
        return new StoreException.Unavailable(
                "no PostgreSQL comes along for "
                        + system
                        + " on "
                        + processor
                        + "; name a server with --postgres-url");
    }

    private static String fingerprint(URL resource) throws IOException {
        var crc = new CRC32();
        try (InputStream in = resource.openStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
            }
        }
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static void unpack(URL resource, Path home) throws IOException {
        long start = System.nanoTime();
        Path unfinished = Files.createTempDirectory(home.getParent(), PREFIX + "unfinished-");
        try (var tar =
                new TarArchiveInputStream(
                        new XZInputStream(new BufferedInputStream(resource.openStream())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpackEntry(tar, entry, unfinished);
            }
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            publish(unfinished, home);
        } finally {
            Folders.deleteIfExists(unfinished);
        }
        LOG.info("unpacked PostgreSQL in {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("the archive names a file outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        try (var file = FileChannel.open(target, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    private static void publish(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            LOG.debug("another process unpacked {} at the same time", home, e);
        }
    }

    private static void removeOthers(Path cache, Path home) throws IOException {
        try (var found = Files.newDirectoryStream(cache, PREFIX + "[0-9a-f]*")) {
            for (Path other : found) {
                if (!other.equals(home)) {
                    Folders.deleteIfExists(other);
                }
            }
        }
    }
}
