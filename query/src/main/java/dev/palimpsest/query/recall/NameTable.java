package dev.palimpsest.query.recall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names that entities of a space go or went by, found in texts by one walk over their words:
/// at each place the longest name that begins there. A name of one word counts only where it is
/// written with a capital.
final class NameTable {

    /// Longer names are known by their beginning.
    private static final int MOST_WORDS = 12;

    /// Names that begin with the same word; further ones are not found.
    private static final int MOST_ALIKE = 1_000;

    private final Map<Integer, List<Name>> byFirstWord = new HashMap<>();

    /// @param known the position from which on it is known
    private record Name(List<Integer> words, long node, long known) {}

    /// Adds a name.
    ///
    /// @return whether it is new
    boolean add(List<Integer> words, long node, long known) {
        if (words.isEmpty()) {
            return false;
        }
        var name = List.copyOf(words.subList(0, Math.min(words.size(), MOST_WORDS)));
        var alike = byFirstWord.computeIfAbsent(name.getFirst(), _ -> new ArrayList<>());
        boolean isNew =
                alike.size() < MOST_ALIKE
                        && alike.stream()
                                .noneMatch(one -> one.node == node && one.words.equals(name));
        if (isNew) {
            alike.add(new Name(name, node, known));
            alike.sort((one, other) -> other.words.size() - one.words.size());
        }
        return isNew;
    }

    /// Takes the names of these entities away.
    void remove(Set<Long> nodes) {
        if (!nodes.isEmpty()) {
            byFirstWord
                    .values()
                    .forEach(alike -> alike.removeIf(name -> nodes.contains(name.node)));
        }
    }

    /// The entities whose names occur in a text, each with how many words its longest name there
    /// has.
    ///
    /// @param at names that became known later are left out
    Map<Long, Integer> in(Written text, long at) {
        Map<Long, Integer> found = new LinkedHashMap<>();
        int place = 0;
        while (place < text.length()) {
            int length = 0;
            for (var name : byFirstWord.getOrDefault(text.word(place), List.of())) {
                boolean longest = length == 0 || name.words.size() == length;
                if (longest && name.known <= at && isAt(name.words, text, place)) {
                    length = name.words.size();
                    found.merge(name.node, length, Math::max);
                }
            }
            place += Math.max(1, length);
        }
        return found;
    }

    private static boolean isAt(List<Integer> name, Written text, int place) {
        if (place + name.size() > text.length() || (name.size() == 1 && !text.isCapital(place))) {
            return false;
        }
        for (int i = 0; i < name.size(); i++) {
            if (name.get(i) != text.word(place + i)) {
                return false;
            }
        }
        return true;
    }
}
