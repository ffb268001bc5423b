package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.api.wire.IntervalBody;
import dev.palimpsest.api.wire.PointBody;
import dev.palimpsest.api.wire.ValueBody;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Hit.CausalPath;
import dev.palimpsest.question.Hit.Citation;
import dev.palimpsest.question.Hit.Found;
import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is told of things found: little, with ids to go on.
final class Told {

    /// Of a longer text the beginning is told.
    private static final int LONGEST_TEXT = 2_000;

    private Told() {}

    /// A stretch of valid time.
    ///
    /// @param from absent if always
    /// @param until absent while it holds; `unknown` if it is over and nobody knows since when
    record Valid(@Nullable String from, @Nullable String until) {

        static Valid of(Interval interval) {
            var body = IntervalBody.of(interval);
            return new Valid(
                    interval.from().equals(Interval.ALWAYS.from()) ? null : body.from(),
                    body.until());
        }
    }

    /// An entity.
    record OfEntity(
            String id,
            String type,
            @Nullable String name,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> aliases,
            @Nullable String description,
            @Nullable PointBody place,
            @Nullable Valid exists) {

        static OfEntity of(EntityProfile profile) {
            return new OfEntity(
                    profile.entity().value(),
                    profile.type().value(),
                    profile.name().orElse(null),
                    profile.aliases(),
                    profile.description().orElse(null),
                    profile.place().map(PointBody::of).orElse(null),
                    profile.exists().map(Valid::of).orElse(null));
        }
    }

    /// A version of a fact.
    ///
    /// @param known when it was learned
    /// @param knownUntil when it was closed; absent while it is believed
    record OfFact(
            String id,
            String subject,
            String predicate,
            ValueBody object,
            Valid valid,
            String known,
            @Nullable String knownUntil,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> saidBy) {

        static OfFact of(FactVersion version, List<String> saidBy) {
            return new OfFact(
                    version.fact().toString(),
                    version.subject().value(),
                    version.predicate().value(),
                    ValueBody.of(version.object()),
                    Valid.of(version.valid()),
                    version.recorded().from().at().toString(),
                    version.recorded().until().map(end -> end.at().toString()).orElse(null),
                    saidBy);
        }
    }

    /// A memory.
    ///
    /// @param more how many further characters it has
    record OfMemory(
            String id,
            String text,
            @Nullable String occurred,
            @Nullable String speaker,
            @Nullable String session,
            @Nullable Integer more) {

        static OfMemory of(Memory memory) {
            var text = memory.text();
            int more = text.length() - LONGEST_TEXT;
            return new OfMemory(
                    memory.id().value(),
                    more > 0 ? text.substring(0, LONGEST_TEXT) : text,
                    memory.occurred().map(Instant::toString).orElse(null),
                    memory.speaker().orElse(null),
                    memory.session().orElse(null),
                    more > 0 ? more : null);
        }
    }

    /// Something found.
    ///
    /// @param quotes where that was read, in the words that were read
    /// @param path the best chain of causes, as `cause predicate effect`
    /// @param probability that the cause brings the effect about, all chains together
    record OfHit(
            @Nullable OfEntity entity,
            @Nullable OfFact fact,
            @Nullable OfMemory memory,
            double score,
            List<String> saidBy,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> quotes,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> path,
            @Nullable Double strength,
            @Nullable Double probability,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OfHit> facts) {

        static OfHit of(Hit hit) {
            var found = hit.found();
            var best = hit.paths().stream().findFirst();
            var sources = sources(hit.evidence());
            return new OfHit(
                    found instanceof Found.OfEntity(var profile) ? OfEntity.of(profile) : null,
                    found instanceof Found.OfFact(var version)
                            ? OfFact.of(version, List.of())
                            : null,
                    found instanceof Found.OfMemory(var memory) ? OfMemory.of(memory) : null,
                    rounded(hit.score()),
                    sources,
                    hit.evidence().stream()
                            .map(Citation::quote)
                            .flatMap(Optional::stream)
                            .distinct()
                            .toList(),
                    best.map(Told::path).orElse(List.of()),
                    best.map(CausalPath::strength).map(Told::rounded).orElse(null),
                    hit.likelihood().map(all -> rounded(all.probability())).orElse(null),
                    hit.folded().stream().map(OfHit::of).toList());
        }
    }

    private static List<String> path(CausalPath path) {
        return path.steps().stream()
                .map(step ->
                        step.cause().value()
                                + " "
                                + step.predicate().value()
                                + " "
                                + step.effect().value())
                .toList();
    }

    private static List<String> sources(List<Citation> evidence) {
        var sources = new LinkedHashSet<String>();
        evidence.forEach(one -> sources.add(one.source().value()));
        return List.copyOf(sources);
    }

    private static double rounded(double score) {
        return Math.round(score * 1e4) / 1e4;
    }
}
