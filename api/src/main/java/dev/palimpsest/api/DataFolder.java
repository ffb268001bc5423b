package dev.palimpsest.api;

import dev.palimpsest.disk.Durably;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// The folder in which everything lies, held by one process at a time.
///
/// `format` says how the rest is laid out; `lock` is locked by whoever holds the folder; `holder`
/// says who that is and where it answers, and is believed only while `lock` is locked. Then come
/// `ledger` (PostgreSQL's) and `imports` (what was uploaded and is still being read), and `graph`,
/// `text` and `vectors`, which can be made again.
public final class DataFolder implements AutoCloseable {

    /// The layout this program reads and writes.
    public static final int FORMAT = 1;

    private static final Duration LONGEST_WRITING = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /// A killed one may have had it too, as the first process of a container does.
    private static final long OUR_PID = ProcessHandle.current().pid();

    /// Folders this very process holds: opening their lock a second time would end the first.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel lock;
    private final String command;

    private DataFolder(Path root, FileChannel lock, String command) {
        this.root = root;
        this.lock = lock;
        this.command = command;
    }

    /// Who holds a folder now.
    ///
    /// @param command what it was asked to do, such as `serve`
    /// @param url where it answers, once it does
    public record Holder(long pid, String command, Optional<URI> url) {

        @Override
        public String toString() {
            return "process "
                    + pid
                    + " (palimpsest "
                    + command
                    + url.map(at -> " on " + at).orElse("")
                    + ")";
        }
    }

    /// Refuses to go on unless a store lies in the folder; touches nothing.
    ///
    /// @throws Failure that says how a store is made
    public static void requireStore(Path root) {
        requireNoFile(root);
        if (holdsStore(root)) {
            return;
        }
        try {
            if (Files.isDirectory(root)) {
                requireEmpty(root);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        throw Failure.untried(
                "there is no store in "
                        + root
                        + "; make one with palimpsest ingest --create, demo or serve, or name"
                        + " another folder with --data");
    }

    /// Takes the folder for this process, making it if it is not there.
    ///
    /// @throws Failure if another process holds it, it cannot be written to, a newer program wrote
    ///   it, or something else lies in it
    public static DataFolder take(Path root, String command) {
        try {
            make(root);
            var real = root.toRealPath();
            if (!OURS.add(real)) {
                throw inUse(real, awaitLiving(real));
            }
            try {
                return takeAlone(real, command);
            } catch (IOException | RuntimeException e) {
                OURS.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static Failure unusable(IOException e) {
        return Failure.untried("cannot use the data folder: " + Failure.reason(e), e);
    }

    private static DataFolder takeAlone(Path root, String command) throws IOException {
        if (!holdsStore(root)) {
            requireEmpty(root);
        }
        var lock = openLock(root);
        try {
            lockAlone(lock, root);
            requireFormat(root);
            var taken = new DataFolder(root, lock, command);
            taken.write(Optional.empty());
            return taken;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Whoever asks who holds a folder locks it for that moment, and writes nothing.
    private static void lockAlone(FileChannel lock, Path root) throws IOException {
        long deadline = System.nanoTime() + LONGEST_WRITING.toNanos();
        while (lock.tryLock() == null) {
            var holder = living(root).filter(other -> other.pid() != OUR_PID);
            if (holder.isPresent() || System.nanoTime() > deadline) {
                throw inUse(root, holder);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static Failure inUse(Path root, Optional<Holder> holder) {
        return Failure.untried(
                root + " is in use by " + holder.map(Holder::toString).orElse("another process"));
    }

    /// Who holds the folder, if anybody does. Nobody holds one in which no store lies.
    public static Optional<Holder> holder(Path root) {
        if (!Files.exists(root.resolve("lock")) || !holdsStore(root)) {
            return Optional.empty();
        }
        try {
            return holderOfReal(root.toRealPath());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static Optional<Holder> holderOfReal(Path root) throws IOException {
        if (OURS.contains(root)) {
            return HolderFile.read(root);
        }
        try (var lock = openLock(root)) {
            boolean held = lock.tryLock(0, Long.MAX_VALUE, true) == null;
            return held ? awaitLiving(root) : Optional.empty();
        } catch (AccessDeniedException e) {
            return living(root);
        }
    }

    /// Whoever locked the folder writes at once who it is; until then the file may speak of one who
    /// was killed.
    private static Optional<Holder> awaitLiving(Path root) {
        long deadline = System.nanoTime() + LONGEST_WRITING.toNanos();
        var holder = living(root);
        while (holder.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            holder = living(root);
        }
        return holder;
    }

    private static Optional<Holder> living(Path root) {
        return HolderFile.read(root).filter(holder -> ProcessHandle.of(holder.pid()).isPresent());
    }

    /// Says where this process answers.
    public void announce(URI url) {
        try {
            write(Optional.of(url));
        } catch (IOException e) {
            throw Failure.untried("cannot write to the data folder: " + Failure.reason(e), e);
        }
    }

    /// Says by which certificates the server is known, in PEM.
    public void certify(String pem) {
        try {
            HolderFile.certify(root, pem);
        } catch (IOException e) {
            throw Failure.untried("cannot write to the data folder: " + Failure.reason(e), e);
        }
    }

    /// Where that is said.
    public static Path certificate(Path root) {
        return HolderFile.certificate(root);
    }

    public Path root() {
        return root;
    }

    public Path ledger() {
        return root.resolve("ledger");
    }

    /// Where our own PostgreSQL says what it does.
    public Path databaseLog() {
        return ledger().resolve("postgresql.log");
    }

    public Path imports() {
        return root.resolve("imports");
    }

    public Path graph() {
        return root.resolve("graph");
    }

    public Path text() {
        return root.resolve("text");
    }

    public Path vectors() {
        return root.resolve("vectors");
    }

    public Path adjacency() {
        return root.resolve("adjacency");
    }

    /// Gives the folder back.
    @Override
    public void close() {
        try {
            HolderFile.delete(root);
            OURS.remove(root);
            lock.close();
        } catch (IOException e) {
            throw Failure.asked("cannot give back the data folder: " + Failure.reason(e), e);
        }
    }

    private void write(Optional<URI> url) throws IOException {
        HolderFile.write(root, new Holder(OUR_PID, command, url));
    }

    /// Others may pass through a folder of root's, for the database's user must; not one of ours.
    private static void make(Path root) throws IOException {
        requireNoFile(root);
        if (Files.isDirectory(root)) {
            return;
        }
        Files.createDirectories(root);
        boolean isRoot = System.getProperty("user.name", "").equals("root");
        Files.setPosixFilePermissions(
                root, PosixFilePermissions.fromString(isRoot ? "rwx--x--x" : "rwx------"));
    }

    private static void requireNoFile(Path root) {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw Failure.untried(root + " is a file; name a folder with --data");
        }
    }

    private static FileChannel openLock(Path root) throws IOException {
        return FileChannel.open(
                root.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private static Path format(Path root) {
        return root.resolve("format");
    }

    private static boolean holdsStore(Path root) {
        return Files.exists(format(root));
    }

    private static void requireFormat(Path root) throws IOException {
        var file = format(root);
        if (!holdsStore(root)) {
            requireEmpty(root);
            var text = FORMAT + "\n";
            Durably.replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            return;
        }
        var text = Files.readString(file).strip();
        if (!text.matches("[0-9]{1,6}")) {
            throw Failure.untried(file + " is damaged: it must hold a number, not '" + text + "'");
        }
        if (Integer.parseInt(text) > FORMAT) {
            throw Failure.untried(
                    root
                            + " was written by a newer palimpsest (format "
                            + text
                            + ", this one knows "
                            + FORMAT
                            + "); use that, or another --data");
        }
    }

    private static void requireEmpty(Path root) throws IOException {
        try (var inside = Files.list(root)) {
            var stranger =
                    inside.map(path -> path.getFileName().toString())
                            .filter(name -> !name.equals("lock") && !name.startsWith("format"))
                            .findFirst();
            if (stranger.isPresent()) {
                throw Failure.untried(
                        root
                                + " holds something else ("
                                + stranger.get()
                                + ") and no store; name another folder with --data");
            }
        }
    }
}
