package dev.palimpsest.relational.archive;

/// A file is no archive that can be read here; the message says why and what to do. Nothing was
/// taken from it.
public final class ArchiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
