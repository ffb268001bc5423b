package dev.palimpsest.query.recall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of a space as small numbers, with the memories that hold each. Words are never
/// forgotten.
final class WordTable {

    static final int ABSENT = -1;

    /// A posting is the number of a memory and, below it, how often the word occurs there.
    private static final int COUNT_BITS = 4;

    private static final int MOST_COUNTED = (1 << COUNT_BITS) - 1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private int[][] postings = new int[64][];
    private int[] having = new int[64];

    int size() {
        return words.size();
    }

    int find(String word) {
        return numbers.getOrDefault(word, ABSENT);
    }

    String word(int number) {
        return words.get(number);
    }

    int number(String word) {
        return numbers.computeIfAbsent(
                word,
                added -> {
                    words.add(added);
                    if (words.size() > having.length) {
                        postings = Arrays.copyOf(postings, having.length * 2);
                        having = Arrays.copyOf(having, having.length * 2);
                    }
                    postings[words.size() - 1] = new int[2];
                    return words.size() - 1;
                });
    }

    /// Says that a memory holds these words, each as often as it is named. Memories come in
    /// ascending order.
    void add(int memory, Written text, Written context) {
        int[] sorted = together(text, context);
        Arrays.sort(sorted);
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            add(sorted[from], memory << COUNT_BITS | Math.min(to - from, MOST_COUNTED));
            from = to;
        }
    }

    private static int[] together(Written text, Written context) {
        int[] words = new int[text.length() + context.length()];
        for (int place = 0; place < words.length; place++) {
            words[place] =
                    place < text.length() ? text.word(place) : context.word(place - text.length());
        }
        return words;
    }

    private void add(int word, int posting) {
        if (having[word] == postings[word].length) {
            postings[word] = Arrays.copyOf(postings[word], having[word] + having[word] / 2 + 1);
        }
        postings[word][having[word]++] = posting;
    }

    /// Says that a memory no longer holds these words.
    void remove(int memory, Written text, Written context) {
        for (int word : Arrays.stream(together(text, context)).distinct().toArray()) {
            int found = Arrays.binarySearch(postings[word], 0, having[word], memory << COUNT_BITS);
            int first = found < 0 ? -found - 1 : found;
            if (first < having[word] && postings[word][first] >>> COUNT_BITS == memory) {
                having[word]--;
                System.arraycopy(
                        postings[word], first + 1, postings[word], first, having[word] - first);
            }
        }
    }

    /// How many memories hold a word.
    int having(int word) {
        return having[word];
    }

    /// The memory of a word's posting, and how often the word occurs there.
    int memory(int word, int posting) {
        return postings[word][posting] >>> COUNT_BITS;
    }

    int count(int word, int posting) {
        return postings[word][posting] & MOST_COUNTED;
    }

    /// How rare a word is among so many memories, as BM25 has it; of one that is absent, too.
    double rarity(int word, int memories) {
        int holding = word == ABSENT ? 0 : having[word];
        return Math.log(1 + (memories - holding + .5) / (holding + .5));
    }
}
