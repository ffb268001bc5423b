package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The words of the design, taken literally over a dozen days: for each source and day, what it
/// says and at which position it first said so. Slow and simple, to hold the committer against.
final class ReferenceModel {

    /// Days 0 to 11, and one for all days after them, which only an open interval holds.
    static final int DAYS = 13;

    private static final long NOT_SAID = -1;

    /// What a source says of a day.
    private record Said(String object, String qualifier, long position) {}

    private record Words(String subject, String predicate, String source, int day) {}

    /// A statement as the model takes it: it holds on days `from` to `until` - 1.
    record Telling(
            String subject,
            String predicate,
            String object,
            String qualifier,
            int from,
            int until,
            String source,
            boolean all) {}

    record TakingBack(
            String subject,
            String predicate,
            String object,
            int from,
            int until,
            Predicate<String> source) {}

    private final Map<Words, List<Said>> words = new TreeMap<>(BY_TEXT);
    private final Set<String> everSaid = new TreeSet<>();

    private static final Comparator<Words> BY_TEXT = Comparator.comparing(Words::toString);

    private final Set<String> functional;

    ReferenceModel(Set<String> functional) {
        this.functional = functional;
    }

    ReferenceModel copy() {
        var copy = new ReferenceModel(functional);
        copy.words.putAll(words);
        copy.everSaid.addAll(everSaid);
        return copy;
    }

    /// @return whether it changed anything
    boolean tell(Telling told, long position) {
        everSaid.add(name(told.subject, told.predicate, told.object));
        if (told.all ? saysJust(told) : saysAlready(told)) {
            return false;
        }
        long since = told.all ? saidBefore(told).orElse(position) : position;
        if (told.all) {
            words.keySet()
                    .removeIf(key ->
                            key.subject.equals(told.subject)
                                    && key.predicate.equals(told.predicate)
                                    && key.source.equals(told.source));
        }
        for (int day = told.from; day < told.until; day++) {
            var left = new ArrayList<>(said(told, day));
            left.removeIf(
                    said -> functional.contains(told.predicate) || said.object.equals(told.object));
            left.add(new Said(told.object, told.qualifier, since));
            words.put(key(told, day), List.copyOf(left));
        }
        return true;
    }

    /// The position of the one assertion that says just this, whatever else is said; it is not said
    /// anew when all else is dropped.
    private OptionalLong saidBefore(Telling told) {
        var positions = new TreeSet<Long>();
        for (int day = told.from; day < told.until; day++) {
            positions.add(positionOf(told, day));
        }
        long position = positions.first();
        boolean just =
                positions.size() == 1
                        && positionOf(told, told.from - 1) != position
                        && positionOf(told, told.until) != position;
        return just && position != NOT_SAID ? OptionalLong.of(position) : OptionalLong.empty();
    }

    private long positionOf(Telling told, int day) {
        return said(told, day).stream()
                .filter(said -> same(said, told))
                .mapToLong(Said::position)
                .findFirst()
                .orElse(NOT_SAID);
    }

    private boolean saysAlready(Telling told) {
        for (int day = told.from; day < told.until; day++) {
            if (said(told, day).stream().noneMatch(said -> same(said, told))) {
                return false;
            }
        }
        return true;
    }

    /// Whether it says just this and nothing else, by one assertion.
    private boolean saysJust(Telling told) {
        var positions = new TreeSet<Long>();
        for (int day = 0; day < DAYS; day++) {
            var said = said(told, day);
            boolean wanted = told.from <= day && day < told.until;
            if (wanted ? said.size() != 1 || !same(said.getFirst(), told) : !said.isEmpty()) {
                return false;
            }
            said.forEach(one -> positions.add(one.position));
        }
        return positions.size() == 1;
    }

    private static boolean same(Said said, Telling told) {
        return said.object.equals(told.object) && said.qualifier.equals(told.qualifier);
    }

    /// @return whether there was anything to take back
    boolean takeBack(TakingBack taken) {
        boolean found = false;
        for (var entry : words.entrySet()) {
            var key = entry.getKey();
            if (key.subject.equals(taken.subject)
                    && key.predicate.equals(taken.predicate)
                    && taken.source.test(key.source)
                    && taken.from <= key.day
                    && key.day < taken.until) {
                var left =
                        entry.getValue().stream()
                                .filter(said -> !said.object.equals(taken.object))
                                .toList();
                found |= left.size() < entry.getValue().size();
                entry.setValue(left);
            }
        }
        return found;
    }

    boolean wasEverSaid(String subject, String predicate, String object) {
        return everSaid.contains(name(subject, predicate, object));
    }

    /// What is true of a day: `object qualifier`, of a functional predicate one at most.
    Set<String> truth(String subject, String predicate, int day) {
        var lastSaid = new TreeMap<String, Said>();
        for (var said : saidByAnyone(subject, predicate, day)) {
            String settled = functional.contains(predicate) ? "" : said.object;
            lastSaid.merge(settled, said, (a, b) -> a.position > b.position ? a : b);
        }
        var truth = new TreeSet<String>();
        lastSaid.values().forEach(said -> truth.add(said.object + " " + said.qualifier));
        return truth;
    }

    /// Name and aliases: `name [alias, ...]`.
    String profile(String subject) {
        var names = new ArrayList<String>();
        var others = new TreeSet<String>();
        for (int day = 0; day < DAYS; day++) {
            names.addAll(objects(truth(subject, Profile.NAME.value(), day)));
            others.addAll(objects(truth(subject, Profile.ALIAS.value(), day)));
        }
        others.addAll(names);
        String name = names.isEmpty() ? "nothing" : names.getLast();
        others.remove(name);
        return name + " " + others;
    }

    private static List<String> objects(Collection<String> truth) {
        return truth.stream().map(one -> one.substring(0, one.indexOf(' '))).toList();
    }

    private List<Said> saidByAnyone(String subject, String predicate, int day) {
        return words.entrySet().stream()
                .filter(entry ->
                        entry.getKey().subject.equals(subject)
                                && entry.getKey().predicate.equals(predicate)
                                && entry.getKey().day == day)
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private List<Said> said(Telling told, int day) {
        return words.getOrDefault(key(told, day), List.of());
    }

    private static Words key(Telling told, int day) {
        return new Words(told.subject, told.predicate, told.source, day);
    }

    private static String name(String... parts) {
        return String.join(" ", parts);
    }
}
