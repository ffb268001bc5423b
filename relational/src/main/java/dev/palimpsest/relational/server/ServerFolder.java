package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything one server keeps on disk: its data, its log, its settings and the password.
///
/// Whoever holds it holds its lock, so that a live server in it is either ours or an orphan.
final class ServerFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerFolder.class);
    private static final int PASSWORD_BYTES = 24;
    private static final long LARGEST_LOG_BYTES = 16L << 20;

    private final Path root;
    private final FileChannel lockFile;
    private final ServerUser user;

    private ServerFolder(Path root, FileChannel lockFile, ServerUser user) {
        this.root = root;
        this.lockFile = lockFile;
        this.user = user;
    }

    /// Takes `root` for ourselves, making it when it is not there.
    static ServerFolder taken(Path root) throws IOException {
        boolean isNew = !Files.isDirectory(root);
        Files.createDirectories(root);
        if (isNew) {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path real = root.toRealPath();
        FileChannel lockFile = locked(real);
        try {
            return new ServerFolder(real, lockFile, ServerUser.of(real.resolve("data")));
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static FileChannel locked(Path root) throws IOException {
        FileChannel file =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lockOrNull(file) == null) {
            file.close();
            throw new StoreException.Unavailable(
                    "the database folder " + root + " is in use by another process");
        }
        return file;
    }

    private static @Nullable FileLock lockOrNull(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("this very process holds the folder", e);
            return null;
        }
    }

    ServerUser user() {
        return user;
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path settings() {
        return root.resolve("postgresql.conf");
    }

    Path log() {
        return root.resolve("postgresql.log");
    }

    /// Where a running server writes its pid and, once it is so, that it is ready.
    Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    /// Makes the data folder with `binaries`, unless it is there; it appears only when complete.
    void makeDataWith(ServerBinaries binaries) throws IOException {
        if (Files.isDirectory(data())) {
            return;
        }
        Path unfinished = root.resolve("data.unfinished");
        Folders.deleteIfExists(unfinished);
        Files.createDirectory(
                unfinished,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(unfinished);
        Path passwordFile = passwordFile();
        user.own(passwordFile);
        Commands.Outcome made = Commands.run(user.run(initdb(binaries, unfinished, passwordFile)));
        if (made.exit() != 0) {
            throw new StoreException.Unavailable(
                    "cannot make the database in " + root + ": " + LastWords.of(made.said()));
        }
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(root);
    }

    private static List<String> initdb(ServerBinaries binaries, Path data, Path passwordFile) {
        return List.of(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=" + PostgresServer.USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
    }

    /// The password of the one user, made up when there is no data yet.
    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    private Path passwordFile() throws IOException {
        Path file = root.resolve("password");
        if (!Files.exists(file)) {
            if (Files.isDirectory(data())) {
                throw new StoreException.Corrupt(
                        "the database's password is missing: put it back into " + file);
            }
            byte[] secret = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(secret);
            Path unfinished = root.resolve("password.unfinished");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            writeToDisk(unfinished, HexFormat.of().formatHex(secret) + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory(root);
        }
        return file;
    }

    /// Writes the settings file, and sets an overlong log aside.
    void prepareStart() throws IOException {
        Files.writeString(settings(), ServerSettings.asFile());
        if (Files.exists(log()) && Files.size(log()) > LARGEST_LOG_BYTES) {
            Files.move(
                    log(), root.resolve("postgresql.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void writeToDisk(Path file, String text) throws IOException {
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            out.write(StandardCharsets.UTF_8.encode(text));
            out.force(true);
        }
    }

    private static void syncDirectory(Path folder) throws IOException {
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
