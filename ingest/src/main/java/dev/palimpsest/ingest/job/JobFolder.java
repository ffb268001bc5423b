package dev.palimpsest.ingest.job;

import dev.palimpsest.disk.Durably;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.StrictJson;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of jobs: in a folder for each, `job.json` says how it is, `data` is what was uploaded,
/// `rejected.ndjson` what was refused. A folder comes and goes whole, by being renamed.
final class JobFolder {

    /// The most bytes that may be uploaded at once.
    static final long LARGEST_DATA = 16L << 30;

    private static final long LEAST_FREE = 256L << 20;

    /// How many bytes are taken in between two looks at how much is free.
    private static final long BETWEEN_LOOKS = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(JobFolder.class);

    /// What such a folder holds is no job, or no longer one.
    private static final String UPLOAD = "upload-";

    private static final String JOB = "job.json";
    private static final int CHUNK = 256 * 1024;

    private final Path root;

    JobFolder(Path root) {
        this.root = root;
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw full("make the folder of imports", e);
        }
    }

    /// Data that were uploaded, and belong to no job yet.
    record Upload(Path folder, long bytes, String sha256) {}

    /// Takes in all of `data`, durably.
    ///
    /// @throws IOException if it cannot be read to its end
    Upload receive(String id, InputStream data) throws IOException {
        var folder = root.resolve(UPLOAD + id);
        try {
            Files.createDirectories(folder);
            return copy(data, folder);
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static Upload copy(InputStream data, Path folder) throws IOException {
        var digest = sha256();
        var chunk = new byte[CHUNK];
        long bytes = 0;
        long looked = 0;
        requireFree(folder);
        try (var file =
                FileChannel.open(
                        folder.resolve("data"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            for (int read = data.read(chunk); read >= 0; read = data.read(chunk)) {
                if (bytes - looked >= BETWEEN_LOOKS) {
                    requireFree(folder);
                    looked = bytes;
                }
                digest.update(chunk, 0, read);
                write(file, ByteBuffer.wrap(chunk, 0, read));
                bytes += read;
                if (bytes > LARGEST_DATA) {
                    throw new InvalidField("", "data have at most " + LARGEST_DATA + " bytes");
                }
            }
            force(file);
        }
        return new Upload(folder, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /// The ledger needs room on what may be the same disk.
    private static void requireFree(Path folder) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < LEAST_FREE) {
            throw new StoreException.Unavailable(
                    "the disk of the data folder has less than " + LEAST_FREE + " bytes free");
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes) {
        try {
            writeAll(file, bytes);
        } catch (IOException e) {
            throw full("keep what is uploaded", e);
        }
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private static void force(FileChannel file) {
        try {
            file.force(true);
        } catch (IOException e) {
            throw full("keep what is uploaded", e);
        }
    }

    /// Makes `upload` the data of `job`.
    void make(ImportJob job, Upload upload) {
        try {
            writeJob(upload.folder(), job);
            Durably.move(upload.folder(), of(job));
        } catch (IOException e) {
            throw full("keep the import", e);
        }
    }

    /// Every job there is. What was uploaded and became none, or is none any more, is deleted.
    List<ImportJob> all() {
        var jobs = new ArrayList<ImportJob>();
        try (var folders = Files.list(root)) {
            for (var folder : folders.sorted().toList()) {
                if (String.valueOf(folder.getFileName()).startsWith(UPLOAD)) {
                    delete(folder);
                } else {
                    read(folder, jobs);
                }
            }
        } catch (IOException e) {
            throw full("look at the imports", e);
        }
        return jobs;
    }

    private static void read(Path folder, List<ImportJob> into) {
        try {
            into.add(JobJson.read(StrictJson.read(Files.readAllBytes(folder.resolve(JOB)))));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.error("{} is no import and left alone", folder, e);
        }
    }

    /// Keeps how `job` is, durably.
    void update(ImportJob job) {
        try {
            writeJob(of(job), job);
        } catch (IOException e) {
            throw full("keep how the import is", e);
        }
    }

    private static void writeJob(Path folder, ImportJob job) throws IOException {
        var bytes = JobJson.write(job).toString().getBytes(StandardCharsets.UTF_8);
        Durably.replace(folder.resolve(JOB), out -> out.write(bytes));
    }

    Path data(ImportJob job) {
        return of(job).resolve("data");
    }

    Path rejected(ImportJob job) {
        return of(job).resolve("rejected.ndjson");
    }

    void deleteData(ImportJob job) {
        delete(data(job));
    }

    /// @throws StoreException if it is still there
    void deleteRejected(ImportJob job) {
        try {
            Files.deleteIfExists(rejected(job));
        } catch (IOException e) {
            throw full("delete what is rejected", e);
        }
    }

    /// Deletes all of a job that is there.
    ///
    /// @throws StoreException if it still is
    void delete(ImportJob job) {
        var gone = root.resolve(UPLOAD + "gone-" + job.id());
        try {
            Durably.move(of(job), gone);
        } catch (NoSuchFileException e) {
            LOG.debug("import {} is gone already", job.id(), e);
            return;
        } catch (IOException e) {
            throw full("delete the import " + job.id(), e);
        }
        delete(gone);
    }

    void delete(Upload upload) {
        delete(upload.folder());
    }

    private Path of(ImportJob job) {
        return root.resolve(job.id());
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (var inside = Files.list(path)) {
                    inside.forEach(JobFolder::delete);
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("cannot delete {}", path, e);
        }
    }

    static StoreException full(String doing, IOException e) {
        return new StoreException.Unavailable(
                "the data folder does not let us "
                        + doing
                        + ", perhaps because its disk is full: "
                        + e.getMessage(),
                e);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
