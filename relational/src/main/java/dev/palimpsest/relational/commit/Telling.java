package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// One item that takes back or says something, being carried out: assertions first, then what is
/// believed, then the profiles of those it is about.
final class Telling {

    private final Desk desk;
    private final Entry entry;
    private final SpaceRow space;
    private final Task.Tell task;
    private final Draft draft;

    Telling(Desk desk, Entry entry, SpaceRow space, Task.Tell task) {
        this.desk = desk;
        this.entry = entry;
        this.space = space;
        this.task = task;
        this.draft = new Draft(desk.topics());
    }

    void tell() throws SQLException, RefusedException {
        long lastNode = desk.state().head().node();
        if (task.about().isPresent()) {
            desk.names().node(entry, task.about().get(), "id");
        }
        if (task.retraction().isPresent()) {
            takeBack(task.retraction().get());
        }
        for (var saying : task.sayings()) {
            say(saying);
        }
        Set<Long> profiled = new LinkedHashSet<>();
        for (long node = lastNode + 1; node <= desk.state().head().node(); node++) {
            profiled.add(node);
        }
        for (var drafted : draft.drafted().entrySet()) {
            settle(drafted.getKey(), drafted.getValue(), profiled);
        }
        for (long node : profiled) {
            desk.profiles().derive(entry, node);
        }
    }

    private void takeBack(Retraction retraction) throws SQLException, RefusedException {
        var fact = desk.topics().fact(retraction.fact());
        if (fact.isEmpty() || fact.get().space() != space.no()) {
            throw RefusedException.notFound(
                    "fact", "no such fact in this space: " + retraction.fact());
        }
        var source = retraction.source().flatMap(named -> desk.names().find(space.no(), named));
        boolean someoneElse = retraction.source().isPresent() && source.isEmpty();
        Predicate<Content> meant =
                content ->
                        !someoneElse
                                && content.key().fact().equals(retraction.fact())
                                && source.map(row -> row.no() == content.source()).orElse(true);
        boolean found =
                draft.takeBack(
                        fact.get(),
                        desk.state().predicate(fact.get().predicate()),
                        meant,
                        retraction.portion().orElse(Interval.ALWAYS));
        if (!found && !task.sayings().isEmpty()) {
            throw RefusedException.conflict(
                    "fact",
                    "nothing is asserted of "
                            + retraction.fact()
                            + " there that could be corrected; read it again");
        }
    }

    private void say(Task.Saying saying) throws SQLException, RefusedException {
        var statement = saying.statement();
        var predicate = desk.names().predicate(entry, space, statement);
        var key = key(saying, predicate);
        var cited = statement.evidence().flatMap(Evidence::memory);
        if (cited.isPresent()) {
            desk.names()
                    .requireNotForgotten(
                            space.no(), () -> Tombstone.of(cited.get()), "evidence.memory");
        }
        var said =
                new Content(
                        key,
                        statement.valid(),
                        desk.names().source(entry, statement.source()),
                        statement.qualifiers(),
                        statement.evidence(),
                        entry.position(),
                        task.retraction()
                                .map(past -> new Content.Correction(past.reason(), past.fact())));
        if (statement.replaces() == Statement.Replaces.ALL) {
            draft.dropAll(said.source(), key.subject(), predicate);
        }
        draft.say(predicate, said);
        desk.state().facts.put(key.fact(), key);
        if (!predicate.isSettledTogether()) {
            desk.state().addNewFact(key);
        }
    }

    private FactKey key(Task.Saying saying, PredicateRow predicate) throws RefusedException {
        var statement = saying.statement();
        long subject = desk.names().node(entry, statement.subject(), "subject");
        var object =
                statement.object() instanceof Value.Entity(var id)
                        ? OptionalLong.of(desk.names().node(entry, id, "object"))
                        : OptionalLong.empty();
        return new FactKey(
                saying.fact(), space.no(), subject, predicate.no(), statement.object(), object);
    }

    /// Makes the rows that the draft of a topic comes to, and adds to `profiled` if that may touch
    /// a profile.
    private void settle(Topic topic, Draft.Drafted drafted, Set<Long> profiled)
            throws SQLException {
        var before = desk.topics().rows(topic);
        var said = saidAfter(before.said(), drafted.contents());
        if (said.equals(before.said())) {
            return;
        }
        var believed =
                new Derivation(entry, drafted.functional(), drafted.window()).derive(said, before);
        desk.topics().put(topic, new TopicRows(said, believed));
        if (Profiles.dependOn(drafted.predicate()) && !believed.equals(before.believed())) {
            profiled.add(topic.subject());
        }
    }

    private List<AssertionRow> saidAfter(List<AssertionRow> before, List<Content> contents) {
        var wanted = new HashMap<Content.Words, Content>();
        contents.forEach(content -> wanted.put(content.words(), content));
        List<AssertionRow> after = new ArrayList<>();
        for (var row : before) {
            boolean stays = !draft.isTakenBack(row.content());
            if (stays && wanted.remove(row.content().words()) != null) {
                after.add(row);
            } else {
                entry.touch(row.closedAt(entry.stamp(), reasonToClose(row)));
            }
        }
        for (var content : contents) {
            if (wanted.remove(content.words()) != null) {
                var row =
                        new AssertionRow(
                                entry.nextRowId(),
                                content,
                                Recorded.since(entry.stamp()),
                                Optional.empty());
                entry.touch(row);
                after.add(row);
            }
        }
        return after;
    }

    private Optional<String> reasonToClose(AssertionRow row) {
        return task.retraction()
                .filter(_ -> draft.isTakenBack(row.content()))
                .map(Retraction::reason);
    }
}
