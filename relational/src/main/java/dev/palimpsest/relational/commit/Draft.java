package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import dev.palimpsest.time.Interval;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What sources say of the topics that one item touches, once it is done. Worked out as a whole
/// before any row is made, so that an item which replaces all that was said by the same changes
/// nothing, and nothing is recorded that ends at the position at which it began.
final class Draft {

    private final Topics topics;
    private final Map<Topic, Drafted> drafted = new LinkedHashMap<>();
    private final Set<Content> takenBack = new HashSet<>();
    private final Set<Replaced> replaced = new HashSet<>();

    /// What is said of one topic.
    ///
    /// @param window what of valid time the item bears on
    record Drafted(PredicateRow predicate, List<Content> contents, Window window) {
        /// Whether its objects exclude each other.
        boolean functional() {
            return predicate.predicate().functional();
        }
    }

    private record Replaced(int source, Pair pair) {}

    Draft(Topics topics) {
        this.topics = topics;
    }

    /// Takes `portion` out of what is asserted by those meant.
    ///
    /// @return whether there was anything to take back
    boolean takeBack(
            FactKey fact, PredicateRow predicate, Predicate<Content> meant, Interval portion)
            throws SQLException {
        var topic = Topic.of(fact, predicate);
        var before = contents(topic);
        var found =
                before.stream()
                        .filter(content -> meant.test(content) && content.valid().overlaps(portion))
                        .toList();
        takenBack.addAll(found);
        put(
                topic,
                predicate,
                Supersession.cut(before, meant, portion),
                hull(found).within(Window.of(portion)));
        return !found.isEmpty();
    }

    /// Adds what a source says now; it supersedes what it said before over the same time.
    void say(PredicateRow predicate, Content said) throws SQLException {
        var topic = Topic.of(said.key(), predicate);
        var before = contents(topic);
        if (Supersession.says(before, said)) {
            return;
        }
        FactId fact = said.key().fact();
        boolean functional = predicate.predicate().functional();
        Predicate<Content> superseded =
                content ->
                        content.source() == said.source()
                                && (functional || content.key().fact().equals(fact));
        List<Content> after = new ArrayList<>(Supersession.cut(before, superseded, said.valid()));
        after.add(said);
        put(topic, predicate, after, Window.of(said.valid()));
    }

    /// Drops all that `source` said of a subject and predicate before this item; once per item, so
    /// that several statements of one item can take its place together.
    void dropAll(int source, long subject, PredicateRow predicate) throws SQLException {
        var pair = new Pair(subject, predicate.no());
        if (!replaced.add(new Replaced(source, pair))) {
            return;
        }
        if (predicate.isSettledTogether()) {
            drop(source, new Topic.OfSubject(subject, predicate.no()), predicate);
        } else {
            for (var fact : topics.factsOf(pair)) {
                drop(source, new Topic.OfFact(subject, fact), predicate);
            }
        }
    }

    private void drop(int source, Topic topic, PredicateRow predicate) throws SQLException {
        var before = contents(topic);
        var dropped = before.stream().filter(said -> said.source() == source).toList();
        var kept = before.stream().filter(said -> said.source() != source).toList();
        put(topic, predicate, kept, hull(dropped));
    }

    private void put(Topic topic, PredicateRow predicate, List<Content> contents, Window window) {
        var before = drafted.get(topic);
        var all = before == null ? window : window.and(before.window());
        drafted.put(topic, new Drafted(predicate, contents, all));
    }

    private static Window hull(List<Content> contents) {
        return contents.stream()
                .map(content -> Window.of(content.valid()))
                .reduce(Window.NONE, Window::and);
    }

    private List<Content> contents(Topic topic) throws SQLException {
        var draft = drafted.get(topic);
        return draft != null
                ? draft.contents()
                : topics.rows(topic).said().stream().map(AssertionRow::content).toList();
    }

    Map<Topic, Drafted> drafted() {
        return drafted;
    }

    /// Whether what has that content was taken back, in whole or in part.
    boolean isTakenBack(Content content) {
        return takenBack.contains(content);
    }
}
