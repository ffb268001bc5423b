package dev.palimpsest.api.route;

import java.time.Duration;

/// How much one request may ask of the HTTP door. What the domain itself limits - items of a write,
/// hits of a question, hops, lengths of texts - is said there.
public final class Limits {

    /// The most bytes of a JSON body.
    public static final int LARGEST_BODY = 16 * 1024 * 1024;

    /// The most bytes of a question or of a Gremlin text: room for a polygon of 10,000 positions.
    public static final int LARGEST_QUESTION = 1024 * 1024;

    /// The most bytes of a refused body that are read only to be thrown away.
    public static final int MOST_THROWN_AWAY = 64 * 1024 * 1024;

    /// The most lines of one NDJSON body, so that the answer about them stays bounded.
    public static final int MOST_LINES = 100_000;

    /// How many lines of NDJSON are committed together.
    public static final int LINES_PER_COMMIT = 1_000;

    /// How long a write waits until it is as visible as was asked.
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /// How long NDJSON keeps trying to get its next lines into a full queue.
    public static final Duration LONGEST_BACKPRESSURE = Duration.ofSeconds(30);

    /// How many elements a page has if nobody says.
    public static final int USUAL_PAGE = 100;

    /// The most characters of an `Idempotency-Key`.
    public static final int LONGEST_KEY = 200;

    /// The most requests under way at once; more are turned away.
    public static final int MOST_REQUESTS = 2_048;

    /// The most backups and exports given out at once.
    public static final int MOST_BACKUPS = 2;

    /// The most spaces taken in from archives at once.
    public static final int MOST_RESTORES = 1;

    /// How long closing the door waits for requests that are under way.
    public static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    /// The most bytes of a request's head: room for a mapping.
    public static final int LARGEST_HEAD = 64 * 1024;

    private Limits() {}
}
