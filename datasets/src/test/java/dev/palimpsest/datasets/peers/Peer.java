package dev.palimpsest.datasets.peers;

import dev.palimpsest.question.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Another store, on a folder of its own, asked by one thread.
interface Peer extends AutoCloseable {

    /// How many of the best by each soft constraint are judged, as Palimpsest does for ten hits.
    int DEPTH = 120;

    /// How many found rows an answer has before facts fold under their subjects.
    int FOUND = 60;

    /// By which one number stands for a kind.
    List<Kind> KINDS = List.of(Kind.ENTITY, Kind.FACT, Kind.MEMORY);

    String name();

    /// Takes rows in.
    void add(List<PeerRow> rows);

    /// Makes all that was taken in ready to be asked for, once, after the last rows.
    void finishLoading();

    /// The rows that fit best, the best first, at most [#FOUND].
    List<Found> ask(PeerQuestion question);

    /// All rows that pass what is hard.
    Set<UUID> passing(PeerQuestion question);

    /// CPU time used so far by the store, in every thread and process of it.
    Duration cpu();

    /// Bytes on disk by part, logs that do not grow with the data apart. The last thing asked of a
    /// peer, which may have to end to have everything there.
    Map<String, Long> disk();

    /// What it is asked for a question, to be read by people.
    String query(PeerQuestion question);

    @Override
    void close();

    /// A row that was found.
    record Found(UUID id, Kind kind, long subject, double score) {}
}
