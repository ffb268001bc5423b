package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.source.Format;
import dev.palimpsest.ingest.source.Incoming.Description;
import dev.palimpsest.model.SpaceId;
import java.time.Instant;
import java.util.Optional;

/// An import as it is kept: what is to be read, and how far it has come.
///
/// @param told what the data are; its format is known
/// @param bytes of the data as they were uploaded
/// @param fingerprint SHA-256 of the data and all that is told of them, in hexadecimal
/// @param trace where in the ledger it wrote, once it did
/// @param cancelling whether somebody asked for its end
/// @param note why it failed
public record ImportJob(
        String id,
        SpaceId space,
        Description told,
        long bytes,
        String fingerprint,
        State state,
        Counts counts,
        Optional<Trace> trace,
        boolean cancelling,
        Instant created,
        Optional<Instant> ended,
        Optional<String> note) {

    /// How an import is.
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        CANCELLED,
        /// It could not go on; what it wrote before stays.
        FAILED;

        public boolean isActive() {
            return this == QUEUED || this == RUNNING;
        }
    }

    /// How far it has come.
    ///
    /// @param read lines, features, rows or messages that were read
    /// @param written those that are in the ledger since
    /// @param unchanged those it held already
    /// @param rejected those that were refused
    /// @param rejectedBytes how much of the file of rejected ones belongs to them
    /// @param bytesRead how much of the data that took
    public record Counts(
            long read,
            long written,
            long unchanged,
            long rejected,
            long rejectedBytes,
            long bytesRead) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts withoutRejected() {
            return new Counts(read, written, unchanged, rejected, 0, bytesRead);
        }

        /// Those the ledger holds now.
        public long accepted() {
            return written + unchanged;
        }
    }

    public Format format() {
        return told.format().orElseThrow();
    }

    /// Moved on to there.
    ImportJob with(Counts now) {
        return as(State.RUNNING, now, trace, cancelling, ended, note);
    }

    ImportJob with(Counts now, Optional<Trace> where) {
        return as(State.RUNNING, now, where, cancelling, ended, note);
    }

    /// As it was when it had not begun.
    ImportJob fromTheStart() {
        return as(State.QUEUED, Counts.NONE, Optional.empty(), cancelling, ended, note);
    }

    /// Waiting for its turn.
    ImportJob queued() {
        return as(State.QUEUED, counts, trace, cancelling, ended, note);
    }

    ImportJob toBeCancelled() {
        return as(state, counts, trace, true, ended, note);
    }

    ImportJob withoutRejected() {
        return as(state, counts.withoutRejected(), trace, cancelling, ended, note);
    }

    ImportJob ended(State how, Instant when, Optional<String> why) {
        return as(how, counts, trace, cancelling, Optional.of(when), why);
    }

    private ImportJob as(
            State how,
            Counts now,
            Optional<Trace> where,
            boolean toEnd,
            Optional<Instant> when,
            Optional<String> why) {
        return new ImportJob(
                id, space, told, bytes, fingerprint, how, now, where, toEnd, created, when, why);
    }
}
