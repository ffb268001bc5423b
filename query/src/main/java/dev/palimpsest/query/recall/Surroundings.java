package dev.palimpsest.query.recall;

import dev.palimpsest.time.Position;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// How well a question's words are met in a memory, and in it together with those around it in its
/// session: two on either side, and ten.
///
/// Made once for a question. Which of its words a memory holds is read from the memory's text when
/// that is first asked; a memory's surroundings are then the sum of its members.
final class Surroundings {

    static final int NEAR = 2;
    static final int FAR = 10;

    private static final int[] NO_FORMS = {};

    private final MemoryTable table;
    private final double usualLength;
    private final Position at;
    private final double[] rarity;
    private final double allRarity;

    // By form: which sought word it stands for, what it is worth, whether it is that word.
    private final int[] soughtOf;
    private final double[] worth;
    private final boolean[] exact;

    // Words that are forms of what is sought, and which forms each of them is.
    private final BitSet isForm = new BitSet();
    private final Map<Integer, int[]> formsOf = new HashMap<>();

    /// By memory: each form it holds, as often as it holds it.
    private final Map<Integer, int[]> held = new HashMap<>();

    private int[] heldByOne = new int[64];

    // Of the memory at hand, by form and width: how often it was met; then by sought word.
    private final int[][] counts;
    private final int[] touched;
    private final boolean[] isTouched;
    private int touches;
    private final double[] best;
    private final boolean[] covered;

    /// @param alone 0 to as many as there are sought words, weighed by how rare they are; likewise
    ///   the next two
    /// @param asWritten the first by the words themselves alone
    /// @param covered which share of the words is met as it is written, in the memory or beside it
    record Met(double alone, double asWritten, double near, double far, double covered) {}

    Surroundings(SpaceMemories memories, Asked asked, Position at) {
        this.table = memories.table();
        this.usualLength = memories.usualLength();
        this.at = at;
        int forms = asked.sought().stream().mapToInt(one -> one.forms().size()).sum();
        this.rarity = new double[asked.sought().size()];
        this.soughtOf = new int[forms];
        this.worth = new double[forms];
        this.exact = new boolean[forms];
        this.counts = new int[3][forms];
        this.touched = new int[forms];
        this.isTouched = new boolean[forms];
        this.best = new double[rarity.length];
        this.covered = new boolean[rarity.length];
        var words = memories.words();
        int form = 0;
        for (int i = 0; i < rarity.length; i++) {
            var sought = asked.sought().get(i);
            rarity[i] = words.rarity(sought.word(), memories.size());
            for (var one : sought.forms()) {
                soughtOf[form] = i;
                worth[form] = one.likeness() * words.rarity(one.word(), memories.size());
                exact[form] = one.word() == sought.word();
                isForm.set(one.word());
                formsOf.merge(one.word(), new int[] {form++}, Surroundings::both);
            }
        }
        this.allRarity = Arrays.stream(rarity).sum();
    }

    private static int[] both(int[] some, int[] others) {
        int[] both = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, both, some.length, others.length);
        return both;
    }

    private int[] held(int number) {
        int[] known = held.get(number);
        if (known == null) {
            int count = read(table.text(number), 0);
            known = Arrays.copyOf(heldByOne, read(table.context(number), count));
            held.put(number, known);
        }
        return known;
    }

    /// @return how many forms are held with these
    private int read(Written text, int before) {
        int count = before;
        for (int place = 0; place < text.length(); place++) {
            int word = text.word(place);
            if (isForm.get(word)) {
                for (int form : formsOf.getOrDefault(word, NO_FORMS)) {
                    if (count == heldByOne.length) {
                        heldByOne = Arrays.copyOf(heldByOne, count * 2);
                    }
                    heldByOne[count++] = form;
                }
            }
        }
        return count;
    }

    Met of(int number) {
        int[] lengths = new int[3];
        add(number, 0, lengths);
        walk(number, true, lengths);
        walk(number, false, lengths);
        double share = 0;
        for (int i = 0; i < rarity.length; i++) {
            share += covered[i] ? rarity[i] : 0;
        }
        var met =
                new Met(
                        score(counts[0], lengths[0], 1, false),
                        score(counts[0], lengths[0], 1, true),
                        score(counts[1], lengths[1], 2 * NEAR + 1, false),
                        score(counts[2], lengths[2], 2 * FAR + 1, false),
                        allRarity == 0 ? 0 : share / allRarity);
        forget();
        return met;
    }

    private void walk(int number, boolean back, int[] lengths) {
        int next = number;
        for (int away = 1; away <= FAR; away++) {
            next = back ? table.previous(next) : table.next(next);
            if (next == MemoryTable.NONE) {
                return;
            }
            if (table.isVisible(next, at)) {
                add(next, away, lengths);
            }
        }
    }

    private void add(int number, int away, int[] lengths) {
        int length = table.length(number);
        int narrowest = away == 0 ? 0 : away <= NEAR ? 1 : 2;
        for (int width = narrowest; width < lengths.length; width++) {
            lengths[width] += length;
        }
        for (int form : held(number)) {
            if (!isTouched[form]) {
                isTouched[form] = true;
                touched[touches++] = form;
            }
            for (int width = narrowest; width < lengths.length; width++) {
                counts[width][form]++;
            }
            covered[soughtOf[form]] |= away <= 1 && exact[form];
        }
    }

    private double score(int[] met, int length, int span, boolean asWritten) {
        double norm = WordScores.norm(length, usualLength * span);
        double sum = 0;
        Arrays.fill(best, 0);
        for (int i = 0; i < touches; i++) {
            int form = touched[i];
            double score =
                    asWritten && !exact[form] ? 0 : worth[form] * met[form] / (met[form] + norm);
            int sought = soughtOf[form];
            if (score > best[sought]) {
                sum += score - best[sought];
                best[sought] = score;
            }
        }
        return sum;
    }

    private void forget() {
        for (int i = 0; i < touches; i++) {
            isTouched[touched[i]] = false;
            for (int[] width : counts) {
                width[touched[i]] = 0;
            }
        }
        touches = 0;
        Arrays.fill(covered, false);
    }
}
