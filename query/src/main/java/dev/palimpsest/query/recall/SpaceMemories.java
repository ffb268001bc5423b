package dev.palimpsest.query.recall;

import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.index.lucene.TextWords;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// The memories of one space as columns: their words, who speaks, what comes before and after each
/// in its session, and which entities they are about or name.
///
/// Memories get small numbers in the order they were recorded and are never taken away. One thread
/// changes this, holding the write lock for a batch; readers hold the read lock for a question. A
/// reader at position P looks at nothing recorded later.
final class SpaceMemories {

    static final int NONE = -1;

    /// Words of one memory that count; the rest is found by the index of words alone.
    static final int MOST_WORDS = 2_000;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final WordTable words = new WordTable();
    private final NameTable names = new NameTable();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> lastOfSession = new HashMap<>();

    /// The memories that are said to be about an entity, and those whose text names it.
    private final Map<Long, IntList> about = new HashMap<>();

    private final Map<Long, IntList> naming = new HashMap<>();
    private final List<Kept> kept = new ArrayList<>();

    /// The words in the names of speakers.
    private final BitSet speakers = new BitSet();

    private long allWords;

    /// A memory; what comes after it in its session may still come.
    static final class Kept {
        private final RowId id;
        private final long node;
        private final long from;
        private long until;
        private final Written text;
        private final Written context;
        private final Written speaker;
        private final List<Long> mentions;
        private final boolean inSession;
        private final Optional<Instant> occurred;
        private int previous = NONE;
        private int next = NONE;

        private Kept(Row.OfMemory row, Read read, WordTable words) {
            this.id = row.id();
            this.node = row.node();
            this.from = row.recorded().fromPosition();
            this.until = row.recorded().untilPosition();
            this.text = new Written(read.text, words::number);
            this.context = new Written(read.context, words::number);
            this.speaker = new Written(read.speaker, words::number);
            this.mentions = row.mentions();
            this.inSession = row.memory().session().isPresent();
            this.occurred = row.memory().occurred();
        }

        private Kept() {
            this.id = new RowId(new UUID(0, 0));
            this.node = NONE;
            this.from = Moments.OPEN;
            this.until = Moments.OPEN;
            this.text = Written.NOTHING;
            this.context = Written.NOTHING;
            this.speaker = Written.NOTHING;
            this.mentions = List.of();
            this.inSession = false;
            this.occurred = Optional.empty();
        }

        /// What stands in the place of a memory that was forgotten: no position sees it.
        static Kept forgotten() {
            return new Kept();
        }

        boolean isForgotten() {
            return node == NONE;
        }

        RowId id() {
            return id;
        }

        long node() {
            return node;
        }

        Written text() {
            return text;
        }

        /// The words of its speaker's name and of its day.
        Written context() {
            return context;
        }

        Written speaker() {
            return speaker;
        }

        /// The entities it is said to be about.
        List<Long> mentions() {
            return mentions;
        }

        Optional<Instant> occurred() {
            return occurred;
        }

        boolean inSession() {
            return inSession;
        }

        int previous() {
            return previous;
        }

        int next() {
            return next;
        }

        int length() {
            return text.length() + context.length();
        }

        boolean visibleAt(Position at) {
            return from <= at.number() && at.number() < until;
        }
    }

    /// A row with its words, read before the lock is taken.
    private record Read(
            Row row,
            List<TextWords.Word> text,
            List<TextWords.Word> context,
            List<TextWords.Word> speaker) {}

    void apply(List<Row> rows, TextWords reader) {
        var read = rows.stream().map(row -> read(row, reader)).toList();
        lock.writeLock().lock();
        try {
            for (var one : read) {
                switch (one.row) {
                    case Row.OfMemory memory -> keep(memory, one);
                    case Row.OfProfile(var _, EntityProfile profile, long node) ->
                            name(profile, node, reader);
                    case Row.OfEntity _, Row.OfFact _, Row.OfPredicate _ -> {}
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Drops what was forgotten. Words of memories keep their numbers, and are held by none.
    void drop(Gone gone) {
        lock.writeLock().lock();
        try {
            switch (gone) {
                case Gone.OfEntity(var _, long node) -> dropEntity(node);
                case Gone.OfProfile(var _, var _, long node) -> names.remove(node);
                case Gone.OfMemory memory -> {
                    if (!memory.stays()) {
                        dropMemory(memory.node());
                    }
                }
                case Gone.OfFact _, Gone.OfSpace _ -> {}
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void dropEntity(long node) {
        names.remove(node);
        about.remove(node);
        naming.remove(node);
    }

    private void dropMemory(long node) {
        var number = numbers.remove(node);
        if (number == null) {
            return;
        }
        var memory = kept.set(number, Kept.forgotten());
        allWords -= memory.length();
        words.remove(number, concat(memory.text.words(), memory.context.words()));
        about.values().forEach(list -> list.remove(number));
        naming.values().forEach(list -> list.remove(number));
        if (memory.previous != NONE) {
            kept.get(memory.previous).next = memory.next;
        }
        if (memory.next != NONE) {
            kept.get(memory.next).previous = memory.previous;
        }
        lastOfSession.replaceAll((_, last) -> last.equals(number) ? memory.previous : last);
        lastOfSession.values().removeIf(last -> last == NONE);
    }

    /// Reads while nobody writes.
    <T> T read(Function<SpaceMemories, T> reading) {
        lock.readLock().lock();
        try {
            return reading.apply(this);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static Read read(Row row, TextWords reader) {
        if (!(row instanceof Row.OfMemory(var _, var _, Memory memory, var _, var _, var _))) {
            return new Read(row, List.of(), List.of(), List.of());
        }
        var speaker = reader.of(memory.speaker().orElse(""), MOST_WORDS);
        var day = reader.of(memory.occurred().map(SpaceMemories::day).orElse(""), MOST_WORDS);
        return new Read(
                row,
                reader.of(memory.text(), MOST_WORDS),
                Stream.concat(speaker.stream(), day.stream()).toList(),
                speaker);
    }

    private static String day(Instant moment) {
        return DAY.format(moment);
    }

    private void keep(Row.OfMemory row, Read read) {
        var known = numbers.get(row.node());
        if (known != null) {
            var memory = kept.get(known);
            memory.until = Math.min(memory.until, row.recorded().untilPosition());
            return;
        }
        int number = kept.size();
        var memory = new Kept(row, read, words);
        kept.add(memory);
        numbers.put(row.node(), number);
        allWords += memory.length();
        words.add(number, concat(memory.text.words(), memory.context.words()));
        Arrays.stream(memory.speaker.words()).forEach(speakers::set);
        row.memory()
                .session()
                .ifPresent(session -> {
                    var key = row.memory().agent().orElse("") + '\n' + session;
                    var last = lastOfSession.put(key, number);
                    if (last != null) {
                        memory.previous = last;
                        kept.get(last).next = number;
                    }
                });
        row.mentions().forEach(node -> add(about, node, number));
        names.in(memory.text, Long.MAX_VALUE).keySet().forEach(node -> add(naming, node, number));
    }

    private void name(EntityProfile profile, long node, TextWords reader) {
        Stream.concat(profile.name().stream(), profile.aliases().stream())
                .map(name -> reader.of(name, MOST_WORDS))
                .map(read -> read.stream().map(word -> words.number(word.text())).toList())
                .filter(name -> names.add(name, node, profile.recorded().fromPosition()))
                .forEach(name -> findNaming(name, node));
    }

    /// Finds the memories that name an entity whose name was not known when they were kept.
    private void findNaming(List<Integer> name, long node) {
        int rarest =
                name.stream()
                        .min((one, other) -> words.having(one) - words.having(other))
                        .orElseThrow();
        for (int i = 0; i < words.having(rarest); i++) {
            int number = words.memory(rarest, i);
            var memory = kept.get(number);
            if (names.in(memory.text, Long.MAX_VALUE).containsKey(node)) {
                add(naming, node, number);
            }
        }
    }

    private static void add(Map<Long, IntList> lists, long node, int number) {
        var list = lists.computeIfAbsent(node, _ -> new IntList());
        if (!list.endsWith(number)) {
            list.add(number);
        }
    }

    int size() {
        return kept.size();
    }

    Kept memory(int number) {
        return kept.get(number);
    }

    /// The number of the memory with that node, or [#NONE].
    int number(long node) {
        return numbers.getOrDefault(node, NONE);
    }

    /// Whether a word occurs in the name of a speaker.
    boolean isSpeaker(int word) {
        return speakers.get(word);
    }

    WordTable words() {
        return words;
    }

    /// How many words a memory has on the mean.
    double usualLength() {
        return numbers.isEmpty() ? 1 : Math.max(1, (double) allWords / numbers.size());
    }

    /// The entities named in a text, and how many words the name has.
    Map<Long, Integer> namedIn(Written text, Position at) {
        return names.in(text, at.number());
    }

    /// The memories said to be about an entity.
    IntList about(long node) {
        return about.getOrDefault(node, new IntList());
    }

    /// The memories whose text names an entity.
    IntList naming(long node) {
        return naming.getOrDefault(node, new IntList());
    }

    void rows(Consumer<HeldRow> sink) {
        kept.stream()
                .filter(memory -> !memory.isForgotten())
                .forEach(memory -> sink.accept(new HeldRow(memory.id, memory.from, memory.until)));
    }

    private static int[] concat(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
