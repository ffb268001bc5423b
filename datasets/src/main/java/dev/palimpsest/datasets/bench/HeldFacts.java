package dev.palimpsest.datasets.bench;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Statement;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Interval.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What must be found of statements, worked out plainly: a fact holds wherever anybody says so,
/// stretches that overlap or meet are one, and to answer a question every one of them is looked at.
final class HeldFacts {

    private record Held(FactId fact, Statement first, Interval valid, Set<SourceId> sources) {

        String name() {
            return name(fact.toString(), valid);
        }

        static String name(String fact, Interval valid) {
            return fact + " from " + valid.from() + " until " + valid.end();
        }
    }

    /// A question, and what it must find.
    record Asked(
            Set<Allen> relations,
            Interval to,
            boolean possibly,
            SourceId source,
            boolean entities) {}

    private final Map<SourceId, List<Held>> bySource = new LinkedHashMap<>();
    private final int count;

    HeldFacts(YearFacts facts) {
        Map<FactId, List<Statement>> byFact = new LinkedHashMap<>();
        for (var one : facts.said()) {
            var fact = FactId.of(facts.space(), one.subject(), one.predicate(), one.object());
            byFact.computeIfAbsent(fact, _ -> new ArrayList<>()).add(one);
        }
        int held = 0;
        for (var said : byFact.entrySet()) {
            for (var stretch : stretches(said.getKey(), said.getValue())) {
                stretch.sources.forEach(source ->
                        bySource.computeIfAbsent(source, _ -> new ArrayList<>()).add(stretch));
                held++;
            }
        }
        this.count = held;
    }

    int count() {
        return count;
    }

    List<SourceId> sources() {
        return List.copyOf(bySource.keySet());
    }

    /// The times of what a source says.
    List<Interval> times(SourceId source) {
        return of(source).stream().map(Held::valid).toList();
    }

    /// Whether a source says when entities exist.
    boolean saysWhatExists(SourceId source) {
        return of(source).stream().anyMatch(HeldFacts::isExistence);
    }

    /// The names of all that a question must find.
    Set<String> answer(Asked asked) {
        var names = new TreeSet<String>();
        for (var held : of(asked.source())) {
            var stands = Allen.possible(held.valid, asked.to());
            boolean passes =
                    asked.possibly()
                            ? stands.stream().anyMatch(asked.relations()::contains)
                            : asked.relations().containsAll(stands);
            if (passes && (!asked.entities() || isExistence(held))) {
                names.add(asked.entities() ? entity(held.first.subject()) : held.name());
            }
        }
        return names;
    }

    static String fact(String fact, Interval valid) {
        return Held.name(fact, valid);
    }

    static String entity(EntityId entity) {
        return "entity " + entity;
    }

    private List<Held> of(SourceId source) {
        return bySource.getOrDefault(source, List.of());
    }

    private static boolean isExistence(Held held) {
        return held.first.predicate().equals(Profile.EXISTS);
    }

    private static List<Held> stretches(FactId fact, List<Statement> said) {
        var ordered = new ArrayList<>(said);
        ordered.sort(Comparator.comparing(one -> one.valid().from()));
        var stretches = new ArrayList<Held>();
        for (var one : ordered) {
            Set<SourceId> sources = new LinkedHashSet<>(Set.of(one.source()));
            var valid = one.valid();
            if (!stretches.isEmpty()
                    && stretches.getLast().valid.untilMicros() >= valid.fromMicros()) {
                var before = stretches.removeLast();
                sources.addAll(before.sources);
                valid = new Interval(before.valid.from(), later(before.valid.end(), valid.end()));
            }
            stretches.add(new Held(fact, one, valid, sources));
        }
        return stretches;
    }

    /// Of facts with years, whose ends are moments.
    private static End later(End one, End other) {
        if (one instanceof End.At(var moment) && other instanceof End.At(var further)) {
            return moment.isAfter(further) ? one : other;
        }
        throw new IllegalArgumentException("two stretches of one fact have an end nobody knows");
    }
}
