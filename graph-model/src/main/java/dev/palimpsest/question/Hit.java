package dev.palimpsest.question;

import dev.palimpsest.cause.Likelihood;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One thing found, why it was, and who says so.
///
/// @param score the geometric mean of `by`, each counted from a hundredth, 0 to 1
/// @param by how well it fits each dimension that was asked and that it has; 1 where it passed a
///   filter that does not grade
/// @param evidence who says so, last said first
/// @param paths the best chains of causes it is on, best first, if the question asked why; as many
///   as it asked for, or as there are
/// @param likelihood of an entity: how likely the effect is, given that the cause happened, over
///   all chains between the two together; empty if that cannot be said
/// @param folded facts that were found too and whose subject this is, best first
public record Hit(
        Found found,
        double score,
        Map<Dimension, Double> by,
        List<Citation> evidence,
        List<CausalPath> paths,
        Optional<Likelihood> likelihood,
        List<Hit> folded) {

    public Hit {
        by = Map.copyOf(by);
        evidence = List.copyOf(evidence);
        paths = List.copyOf(paths);
        folded = List.copyOf(folded);
    }

    /// The row that was found.
    public sealed interface Found {

        record OfEntity(EntityProfile profile) implements Found {}

        record OfFact(FactVersion version) implements Found {}

        record OfMemory(Memory memory) implements Found {}

        default Kind kind() {
            return switch (this) {
                case OfEntity _ -> Kind.ENTITY;
                case OfFact _ -> Kind.FACT;
                case OfMemory _ -> Kind.MEMORY;
            };
        }

        /// Its name: of the entity, the fact or the memory.
        default String id() {
            return switch (this) {
                case OfEntity(EntityProfile profile) -> profile.entity().value();
                case OfFact(FactVersion version) -> version.fact().toString();
                case OfMemory(Memory memory) -> memory.id().value();
            };
        }
    }

    /// Who says so, and where that was read.
    ///
    /// @param assertion empty for a memory, which is its own evidence
    public record Citation(
            SourceId source,
            Optional<RowId> assertion,
            Optional<MemoryId> memory,
            Optional<String> quote) {}

    /// A chain from a first cause to a last effect.
    ///
    /// @param strength the product over its steps: strength times confidence, and how well the time
    ///   between the two fits the delay
    public record CausalPath(double strength, List<CausalStep> steps) {
        public CausalPath {
            steps = List.copyOf(steps);
        }
    }

    /// One causal fact of a chain.
    ///
    /// @param strength empty if nobody gave one; it is then counted as 1
    /// @param confidence likewise
    /// @param evidence who says so, last said first
    public record CausalStep(
            EntityId cause,
            EntityId effect,
            PredicateName predicate,
            FactId fact,
            OptionalDouble strength,
            OptionalDouble confidence,
            Optional<Qualifiers.Delay> delay,
            List<Citation> evidence) {
        public CausalStep {
            evidence = List.copyOf(evidence);
        }
    }

    /// The steps of the best chain; none if the question did not ask why.
    public List<CausalStep> path() {
        return paths.isEmpty() ? List.of() : paths.getFirst().steps();
    }

    public Kind kind() {
        return found.kind();
    }

    public String id() {
        return found.id();
    }
}
