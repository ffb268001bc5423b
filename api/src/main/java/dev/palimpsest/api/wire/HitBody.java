package dev.palimpsest.api.wire;

import dev.palimpsest.cause.Likelihood;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Hit.CausalPath;
import dev.palimpsest.question.Hit.CausalStep;
import dev.palimpsest.question.Hit.Citation;
import dev.palimpsest.question.Hit.Found;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One thing found, why it was, and who says so. Of `entity`, `fact` and `memory` the one of its
/// kind is there.
///
/// @param by a score per dimension that was asked and that it has
/// @param path the best chain, from the first cause to the last effect; absent unless the question
///   asked why
/// @param paths the best chains, best first; absent unless there are several and the question asked
///   for them
/// @param probability of the effect, given that the cause happened and nothing else; absent if it
///   was not asked or cannot be said
/// @param standardError of the probability; absent if it is exact
/// @param facts facts that were found too and whose subject this is
public record HitBody(
        String kind,
        String id,
        @Nullable EntityBody entity,
        @Nullable FactBody fact,
        @Nullable MemoryBody memory,
        double score,
        Map<String, Double> by,
        List<EvidenceBody> evidence,
        @Nullable List<CausalStepBody> path,
        @Nullable List<CausalPathBody> paths,
        @Nullable Double probability,
        @Nullable Double standardError,
        @Nullable List<HitBody> facts) {

    /// Who says so, and where that was read.
    public record EvidenceBody(
            String source,
            @Nullable String assertion,
            @Nullable String memory,
            @Nullable String quote) {

        static EvidenceBody of(Citation citation) {
            return new EvidenceBody(
                    citation.source().value(),
                    citation.assertion().map(RowId::toString).orElse(null),
                    citation.memory().map(MemoryId::value).orElse(null),
                    citation.quote().orElse(null));
        }
    }

    /// One chain, and how strong it is.
    public record CausalPathBody(double strength, List<CausalStepBody> steps) {

        static CausalPathBody of(CausalPath path) {
            return new CausalPathBody(
                    rounded(path.strength()),
                    path.steps().stream().map(CausalStepBody::of).toList());
        }
    }

    /// One causal fact of a chain, and who says so.
    public record CausalStepBody(
            String cause,
            String predicate,
            String effect,
            String fact,
            @Nullable Double strength,
            @Nullable Double confidence,
            QualifiersBody.@Nullable DelayBody delay,
            List<EvidenceBody> evidence) {

        static CausalStepBody of(CausalStep step) {
            return new CausalStepBody(
                    step.cause().value(),
                    step.predicate().value(),
                    step.effect().value(),
                    step.fact().toString(),
                    QualifiersBody.orNull(step.strength()),
                    QualifiersBody.orNull(step.confidence()),
                    step.delay().map(QualifiersBody.DelayBody::of).orElse(null),
                    step.evidence().stream().map(EvidenceBody::of).toList());
        }
    }

    public static HitBody of(Hit hit) {
        var likelihood = hit.likelihood();
        var found = hit.found();
        return new HitBody(
                hit.kind().word(),
                hit.id(),
                found instanceof Found.OfEntity(var profile) ? EntityBody.of(profile) : null,
                found instanceof Found.OfFact(var version) ? FactBody.of(version) : null,
                found instanceof Found.OfMemory(var memory) ? MemoryBody.of(memory) : null,
                rounded(hit.score()),
                scores(hit.by()),
                hit.evidence().stream().map(EvidenceBody::of).toList(),
                absentIfEmpty(hit.path().stream().map(CausalStepBody::of).toList()),
                hit.paths().size() > 1
                        ? hit.paths().stream().map(CausalPathBody::of).toList()
                        : null,
                likelihood.map(Likelihood::probability).orElse(null),
                likelihood.map(Likelihood::standardError).map(QualifiersBody::orNull).orElse(null),
                absentIfEmpty(hit.folded().stream().map(HitBody::of).toList()));
    }

    private static Map<String, Double> scores(Map<Dimension, Double> by) {
        var inOrder = new TreeMap<>(by);
        var scores = new LinkedHashMap<String, Double>();
        inOrder.forEach((dimension, score) -> scores.put(dimension.word(), rounded(score)));
        return scores;
    }

    private static <T> @Nullable List<T> absentIfEmpty(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    private static double rounded(double score) {
        return Math.round(score * 1e6) / 1e6;
    }
}
