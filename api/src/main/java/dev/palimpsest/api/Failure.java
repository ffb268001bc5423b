package dev.palimpsest.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// Why a command ends without doing what it was asked, in one line for the person who typed it.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// The exit code when what was asked failed, or part of it.
    public static final int ASKED = 1;

    /// The exit code when it could not be tried: wrong usage, a folder in use, a port taken.
    public static final int UNTRIED = 2;

    private final int exitCode;

    private Failure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// What was asked was tried and failed.
    public static Failure asked(String message) {
        return new Failure(ASKED, message, null);
    }

    /// What was asked was tried and failed.
    public static Failure asked(String message, Throwable cause) {
        return new Failure(ASKED, message, cause);
    }

    /// What was asked could not be tried here, or not like this.
    public static Failure untried(String message) {
        return new Failure(UNTRIED, message, null);
    }

    /// What was asked could not be tried here, or not like this.
    public static Failure untried(String message, Throwable cause) {
        return new Failure(UNTRIED, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }

    /// The line to print.
    public String line() {
        return String.valueOf(getMessage());
    }

    /// Why a file could not be used, in words.
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " is not accessible for you";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there";
        }
        if (e instanceof FileSystemException inFile && inFile.getReason() != null) {
            return inFile.getFile() + ": " + inFile.getReason();
        }
        return e instanceof FileSystemException inFile
                ? inFile.getFile() + ": " + e.getClass().getSimpleName()
                : String.valueOf(e.getMessage());
    }
}
