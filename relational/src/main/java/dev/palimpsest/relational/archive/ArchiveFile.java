package dev.palimpsest.relational.archive;

import dev.palimpsest.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// An archive that was opened: what its manifest says, and its entries.
final class ArchiveFile implements AutoCloseable {

    /// An archive has an entry for each table; a list of them beyond this is not read.
    private static final int LARGEST_DIRECTORY = 64 * 1024;

    private static final int LARGEST_MANIFEST = 1 << 20;
    private static final int CHUNK = 64 * 1024;

    /// The last record of a zip file: how it begins, how long it is without its comment, and where
    /// in it the length of the list of entries stands.
    private static final int END_SIGNATURE = 0x06054b50;

    private static final int END_LENGTH = 22;
    private static final int END_DIRECTORY_LENGTH = 12;

    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /// @throws ArchiveException if it is no whole archive that this program can read, as far as is
    ///   seen without reading its entries
    static ArchiveFile open(Path file) throws IOException {
        requireShortDirectory(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw notWhole(e);
        }
        try {
            return new ArchiveFile(zip, manifest(zip));
        } catch (ZipException e) {
            zip.close();
            throw notWhole(e);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /// The list of entries is read whole into memory.
    private static void requireShortDirectory(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() < END_LENGTH) {
                throw notWhole(new ZipException("it ends too early"));
            }
            bytes.seek(bytes.length() - END_LENGTH);
            if (bytes.readInt() != Integer.reverseBytes(END_SIGNATURE)) {
                throw notWhole(new ZipException("its end is missing"));
            }
            bytes.seek(bytes.length() - END_LENGTH + END_DIRECTORY_LENGTH);
            long length = Integer.toUnsignedLong(Integer.reverseBytes(bytes.readInt()));
            if (length > LARGEST_DIRECTORY) {
                throw new ArchiveException(
                        "it is a zip file of too many entries, and no backup of a palimpsest");
            }
        }
    }

    static ArchiveException notWhole(ZipException e) {
        return new ArchiveException(
                "it is no whole zip file ("
                        + e.getMessage()
                        + "): it was cut off or damaged; use another backup",
                e);
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        var entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw new ArchiveException(
                    "it has no manifest, so it is no whole backup; use another one");
        }
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw new ArchiveException("its manifest is too long; use another backup");
            }
            var manifest = Manifest.read(bytes);
            var names = new LinkedHashSet<>(manifest.parts().keySet());
            LedgerTables.of(manifest.ledger())
                    .forEach(table -> names.add(LedgerTables.entry(table)));
            for (var name : names) {
                if (zip.getEntry(name) == null || !manifest.parts().containsKey(name)) {
                    throw new ArchiveException(name + " is missing in it; use another backup");
                }
            }
            return manifest;
        }
    }

    Manifest manifest() {
        return manifest;
    }

    InputStream entry(String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name));
    }

    /// Reads every entry that the manifest names.
    ///
    /// @param most how many bytes they may have together
    /// @return how many rows there are
    /// @throws ArchiveException if one is not as its manifest says
    long check(long most) throws IOException {
        long rows = 0;
        long left = most;
        for (var part : manifest.parts().entrySet()) {
            var digest = Sha256.digest();
            try (var in = entry(part.getKey())) {
                left -= digest(in, digest, left);
            } catch (ZipException e) {
                throw notWhole(e);
            }
            requireSame(part.getKey(), part.getValue().sha256(), digest);
            rows += part.getValue().rows();
        }
        return rows;
    }

    private static long digest(InputStream in, MessageDigest digest, long most) throws IOException {
        var chunk = new byte[CHUNK];
        long bytes = 0;
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            digest.update(chunk, 0, read);
            bytes += read;
            if (bytes > most) {
                throw new ArchiveException(
                        "it unpacks to so much more than it is that it is taken for a trap; use"
                                + " another backup");
            }
        }
        return bytes;
    }

    static void requireSame(String name, String sha256, MessageDigest digest) {
        if (!sha256.equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new ArchiveException(
                    name + " is not as its manifest says: it is damaged; use another backup");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
