package dev.palimpsest.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
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

    private final boolean isUsage;

    private Failure(int exitCode, String message, @Nullable Throwable cause) {
        this(exitCode, false, message, cause);
    }

    private Failure(int exitCode, boolean isUsage, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.isUsage = isUsage;
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

    /// What was typed means nothing: a flag's value is of the wrong form, or flags do not go
    /// together.
    public static Failure usage(String message) {
        return new Failure(UNTRIED, true, message, null);
    }

    /// What was typed means nothing.
    public static Failure usage(String message, Throwable cause) {
        return new Failure(UNTRIED, true, message, cause);
    }

    /// Whether the command's help would tell how it is meant.
    public boolean isUsage() {
        return isUsage;
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
        if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is a file, where a folder must be";
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
