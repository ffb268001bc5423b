package dev.palimpsest.query.recall;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The memories of a space as columns, by their number. Numbers are given in the order in which
/// memories are added.
final class MemoryTable {

    static final int NONE = -1;

    private static final int FIRST_ROOM = 16;
    private static final long NO_MOMENT = Long.MIN_VALUE;
    private static final long[] NOTHING = {};

    private final WordStream words = new WordStream();
    private @Nullable Map<Long, Integer> byNode;
    private int size;
    private int forgotten;
    private long[] idHigh = new long[FIRST_ROOM];
    private long[] idLow = new long[FIRST_ROOM];
    private long[] nodes = new long[FIRST_ROOM];
    private long[] from = new long[FIRST_ROOM];
    private long[] until = new long[FIRST_ROOM];
    private long[] occurred = new long[FIRST_ROOM];
    private long[][] mentions = new long[FIRST_ROOM][];
    private int[] textLengths = new int[FIRST_ROOM];
    private int[] ofSpeaker = new int[FIRST_ROOM];
    private int[] lengths = new int[FIRST_ROOM];
    private int[] textAt = new int[FIRST_ROOM];
    private int[] contextAt = new int[FIRST_ROOM];
    private int[] previous = new int[FIRST_ROOM];
    private int[] next = new int[FIRST_ROOM];
    private boolean[] inSession = new boolean[FIRST_ROOM];

    /// Adds a memory.
    ///
    /// @param context the words of its speaker's name, and after them those of its day
    /// @param speaker how many of these are the speaker's
    /// @return its number
    int add(Row.OfMemory row, Written text, Written context, int speaker) {
        if (size == nodes.length) {
            grow();
        }
        int number = size++;
        var id = row.id().value();
        idHigh[number] = id.getMostSignificantBits();
        idLow[number] = id.getLeastSignificantBits();
        addNode(row.node(), number);
        from[number] = row.recorded().fromPosition();
        until[number] = row.recorded().untilPosition();
        occurred[number] = row.memory().occurred().map(Moments::toMicros).orElse(NO_MOMENT);
        mentions[number] = nodes(row.mentions());
        textLengths[number] = text.length();
        lengths[number] = text.length() + context.length();
        ofSpeaker[number] = speaker;
        textAt[number] = words.add(text);
        contextAt[number] = words.add(context);
        previous[number] = NONE;
        next[number] = NONE;
        inSession[number] = row.memory().session().isPresent();
        return number;
    }

    /// Nodes rise from memory to memory, as the ledger gives them; should they ever not, a map is
    /// kept from then on.
    private void addNode(long node, int number) {
        nodes[number] = node;
        if (byNode == null && number > 0 && node < nodes[number - 1]) {
            byNode = new HashMap<>();
            for (int before = 0; before < number; before++) {
                byNode.put(nodes[before], before);
            }
        }
        if (byNode != null) {
            byNode.put(node, number);
        }
    }

    private static long[] nodes(List<Long> nodes) {
        return nodes.isEmpty() ? NOTHING : nodes.stream().mapToLong(node -> node).toArray();
    }

    private void grow() {
        int room = size + (size >> 1);
        idHigh = Arrays.copyOf(idHigh, room);
        idLow = Arrays.copyOf(idLow, room);
        nodes = Arrays.copyOf(nodes, room);
        from = Arrays.copyOf(from, room);
        until = Arrays.copyOf(until, room);
        occurred = Arrays.copyOf(occurred, room);
        mentions = Arrays.copyOf(mentions, room);
        textLengths = Arrays.copyOf(textLengths, room);
        ofSpeaker = Arrays.copyOf(ofSpeaker, room);
        lengths = Arrays.copyOf(lengths, room);
        textAt = Arrays.copyOf(textAt, room);
        contextAt = Arrays.copyOf(contextAt, room);
        previous = Arrays.copyOf(previous, room);
        next = Arrays.copyOf(next, room);
        inSession = Arrays.copyOf(inSession, room);
    }

    int size() {
        return size;
    }

    /// How many of them were not forgotten.
    int there() {
        return size - forgotten;
    }

    /// The number of the memory with that node, or [#NONE].
    int number(long node) {
        int found =
                byNode != null
                        ? byNode.getOrDefault(node, NONE)
                        : Arrays.binarySearch(nodes, 0, size, node);
        return found < 0 || isForgotten(found) ? NONE : found;
    }

    /// Drops what a memory says. Its number stays taken, and no position sees it.
    void drop(int number) {
        if (previous[number] != NONE) {
            next[previous[number]] = next[number];
        }
        if (next[number] != NONE) {
            previous[next[number]] = previous[number];
        }
        words.erase(textAt[number]);
        words.erase(contextAt[number]);
        idHigh[number] = 0;
        idLow[number] = 0;
        from[number] = Moments.OPEN;
        until[number] = Moments.OPEN;
        occurred[number] = NO_MOMENT;
        mentions[number] = NOTHING;
        textLengths[number] = 0;
        lengths[number] = 0;
        ofSpeaker[number] = 0;
        previous[number] = NONE;
        next[number] = NONE;
        inSession[number] = false;
        forgotten++;
    }

    boolean isForgotten(int number) {
        return from[number] == Moments.OPEN;
    }

    RowId id(int number) {
        return new RowId(new UUID(idHigh[number], idLow[number]));
    }

    long node(int number) {
        return nodes[number];
    }

    long from(int number) {
        return from[number];
    }

    long until(int number) {
        return until[number];
    }

    /// Says that a memory is no longer there from that position on.
    void close(int number, long position) {
        until[number] = Math.min(until[number], position);
    }

    boolean isVisible(int number, Position at) {
        return from[number] <= at.number() && at.number() < until[number];
    }

    Optional<Instant> occurred(int number) {
        return occurred[number] == NO_MOMENT
                ? Optional.empty()
                : Optional.of(Moments.fromMicros(occurred[number]));
    }

    /// The nodes of the entities it is said to be about; not to be changed.
    long[] mentions(int number) {
        return mentions[number];
    }

    /// How many words its text and its context have.
    int length(int number) {
        return lengths[number];
    }

    int textLength(int number) {
        return textLengths[number];
    }

    /// Whether any of these words is in its speaker's name.
    boolean isSpokenBy(int number, Set<Integer> words) {
        var context = context(number);
        for (int place = 0; place < ofSpeaker[number]; place++) {
            if (words.contains(context.word(place))) {
                return true;
            }
        }
        return false;
    }

    /// The words of its text.
    Written text(int number) {
        return words.at(textAt[number]);
    }

    /// The words of its speaker's name and of its day.
    Written context(int number) {
        return words.at(contextAt[number]);
    }

    boolean isInSession(int number) {
        return inSession[number];
    }

    /// The one before it in its session, or [#NONE].
    int previous(int number) {
        return previous[number];
    }

    /// The one after it in its session, or [#NONE].
    int next(int number) {
        return next[number];
    }

    void link(int number, int following) {
        next[number] = following;
        previous[following] = number;
    }
}
