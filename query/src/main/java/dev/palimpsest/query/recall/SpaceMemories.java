package dev.palimpsest.query.recall;

import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.Memory;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.index.lucene.TextWords;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
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

    /// Words of one memory that count; the rest is found by the index of words alone.
    static final int MOST_WORDS = 2_000;

    /// So many questions at once find room from before.
    private static final int MOST_AT_ONCE = 4;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final WordTable words = new WordTable();
    private final NameTable names = new NameTable();
    private final MemoryTable table = new MemoryTable();
    private final Map<String, Integer> lastOfSession = new HashMap<>();

    /// The memories that are said to be about an entity, and those whose text names it.
    private final Map<Long, IntList> about = new HashMap<>();

    private final Map<Long, IntList> naming = new HashMap<>();

    /// The words in the names of speakers.
    private final BitSet speakers = new BitSet();

    /// Lent to questions.
    private final Queue<WordScores> scores = new ArrayBlockingQueue<>(MOST_AT_ONCE);

    private long allWords;

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
    void drop(List<Gone> gone) {
        Set<Long> nameless = new HashSet<>();
        lock.writeLock().lock();
        try {
            for (var one : gone) {
                switch (one) {
                    case Gone.OfEntity(var _, long node) -> {
                        about.remove(node);
                        naming.remove(node);
                        nameless.add(node);
                    }
                    case Gone.OfProfile(var _, var _, long node) -> nameless.add(node);
                    case Gone.OfMemory memory -> {
                        if (!memory.stays()) {
                            dropMemory(memory.node());
                        }
                    }
                    case Gone.OfFact _, Gone.OfSpace _ -> {}
                }
            }
            names.remove(nameless);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Lists of memories that name an entity may keep the number: nothing is seen by it.
    private void dropMemory(long node) {
        int number = table.number(node);
        if (number == MemoryTable.NONE) {
            return;
        }
        allWords -= table.length(number);
        words.remove(number, table.text(number), table.context(number));
        for (long mentioned : table.mentions(number)) {
            about(mentioned).remove(number);
        }
        names.in(table.text(number), Long.MAX_VALUE)
                .keySet()
                .forEach(named -> naming(named).remove(number));
        if (table.isInSession(number) && table.next(number) == MemoryTable.NONE) {
            int previous = table.previous(number);
            lastOfSession.replaceAll((_, last) -> last == number ? previous : last);
            lastOfSession.values().removeIf(last -> last == MemoryTable.NONE);
        }
        table.drop(number);
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
        int known = table.number(row.node());
        if (known != MemoryTable.NONE) {
            table.close(known, row.recorded().untilPosition());
            return;
        }
        var text = Written.of(read.text, words::number);
        var context = Written.of(read.context, words::number);
        int number = table.add(row, text, context, read.speaker.size());
        allWords += table.length(number);
        words.add(number, text, context);
        read.speaker.forEach(word -> speakers.set(words.number(word.text())));
        row.memory()
                .session()
                .ifPresent(session -> {
                    var key = row.memory().agent().orElse("") + '\n' + session;
                    var last = lastOfSession.put(key, number);
                    if (last != null) {
                        table.link(last, number);
                    }
                });
        row.mentions().forEach(node -> add(about, node, number));
        names.in(text, Long.MAX_VALUE).keySet().forEach(node -> add(naming, node, number));
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
            if (names.in(table.text(number), Long.MAX_VALUE).containsKey(node)) {
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
        return table.size();
    }

    /// What is known of each memory by its number.
    MemoryTable table() {
        return table;
    }

    /// Room to score memories in; to be given back unless that fails on the way.
    WordScores borrow() {
        var free = scores.poll();
        return free == null ? new WordScores() : free;
    }

    void giveBack(WordScores borrowed) {
        scores.offer(borrowed);
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
        return table.there() == 0 ? 1 : Math.max(1, (double) allWords / table.there());
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
        for (int number = 0; number < size(); number++) {
            if (!table.isForgotten(number)) {
                sink.accept(new HeldRow(table.id(number), table.from(number), table.until(number)));
            }
        }
    }
}
