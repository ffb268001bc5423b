package dev.palimpsest.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shape;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Constraint.Who;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Ordering;
import dev.palimpsest.question.Question;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes a question of its JSON, strictly: what is not known is refused, by field and rule.
public final class QuestionBody {

    private static final int USUAL_HOPS = 3;
    private static final List<String> FIELDS =
            List.of(
                    "what",
                    "where",
                    "when",
                    "why",
                    "who",
                    "kinds",
                    "limit",
                    "explain",
                    "after",
                    "diversity",
                    "rerank");

    private static final Shape<Set<EntityType>> TYPES =
            Shapes.listOf(Shapes.TEXT.as(EntityType::new), Constraint.MOST_NAMED)
                    .as(LinkedHashSet::new);
    private static final Shape<Set<Kind>> KINDS =
            Shapes.listOf(Shapes.TEXT.as(Kind::parse), Kind.values().length).as(LinkedHashSet::new);

    private final List<Constraint> constraints = new ArrayList<>();

    private QuestionBody() {}

    /// @throws InvalidField if it is no question
    public static Question parse(SpaceId space, JsonNode node) {
        return Shapes.made(
                "",
                () -> {
                    var question = parseAny(space, node);
                    question.requireConstraint();
                    requireOrdered(question);
                    return question;
                });
    }

    private static void requireOrdered(Question question) {
        boolean ofMemories =
                question.kinds().equals(Set.of(Kind.MEMORY))
                        && question.find(What.Text.class).isPresent();
        if (!question.ordering().isUsual() && !ofMemories) {
            throw new InvalidField(
                    question.ordering().rerank() ? "rerank" : "diversity",
                    "goes only with what.text and kinds [memory]");
        }
    }

    /// Likewise, also if it asks nothing.
    static Question parseAny(SpaceId space, JsonNode node) {
        return new QuestionBody().read(space, StrictObject.of(node, "", FIELDS));
    }

    private Question read(SpaceId space, StrictObject question) {
        var what = part(question, "what", List.of("text", "types", "quantities"));
        part(question, "where", List.of("within", "around", "hops")).ifPresent(this::where);
        var when =
                part(
                        question,
                        "when",
                        List.of("at", "during", "allen", "near", "possibly", "knownAt", "asked"));
        when.ifPresent(this::when);
        var asked = when.flatMap(part -> part.optional("asked", Shapes.MOMENT));
        what.ifPresent(part -> what(part, asked));
        if (asked.isPresent() && constraints.stream().noneMatch(What.Text.class::isInstance)) {
            throw new InvalidField("when.asked", "goes only with what.text");
        }
        part(question, "why", List.of("causesOf", "effectsOf", "between", "hops", "paths"))
                .ifPresent(this::why);
        part(question, "who", List.of("sources", "minTrust")).ifPresent(this::who);
        Optional<Instant> knownAt = when.flatMap(part -> part.optional("knownAt", Shapes.MOMENT));
        Set<Kind> kinds = question.optional("kinds", KINDS).orElse(Set.of());
        int limit = question.optional("limit", Shapes.COUNT).orElse(Question.USUAL_HITS);
        boolean explain = question.optional("explain", Shapes.FLAG).orElse(false);
        var after = question.optional("after", Shapes.TEXT.as(Bookmark::parse));
        if (limit < 1 || limit > Question.MOST_HITS) {
            throw new InvalidField(
                    "limit", "must lie between 1 and " + Question.MOST_HITS + ": " + limit);
        }
        boolean rerank = question.optional("rerank", Shapes.FLAG).orElse(false);
        var ordering =
                question.optional("diversity", Shapes.DECIMAL.as(far -> new Ordering(far, rerank)))
                        .orElseGet(() -> new Ordering(0, rerank));
        return Shapes.made(
                "",
                () ->
                        new Question(
                                space,
                                constraints,
                                knownAt,
                                kinds,
                                limit,
                                explain,
                                after,
                                ordering));
    }

    private static Optional<StrictObject> part(
            StrictObject question, String name, List<String> fields) {
        return question.optional(name, (node, path) -> StrictObject.of(node, path, fields));
    }

    private void what(StrictObject what, Optional<Instant> asked) {
        what.optional("text", Shapes.TEXT.as(words -> new What.Text(words, asked)))
                .ifPresent(constraints::add);
        what.optional("types", TYPES.as(What.Types::new)).ifPresent(constraints::add);
        what.optional("quantities", QuantityShape::read).ifPresent(constraints::addAll);
    }

    private void where(StrictObject where) {
        where.optional("within", RegionShape::read)
                .map(Where.Within::new)
                .ifPresent(constraints::add);
        where.optional("around", RegionShape::around).ifPresent(constraints::add);
        where.optional("hops", QuestionBody::hops).ifPresent(constraints::add);
    }

    private static Where.Hops hops(JsonNode node, String path) {
        var hops = StrictObject.of(node, path, List.of("from", "hops"));
        var from = hops.required("from", DomainShapes.ENTITY);
        return hops.required("hops", Shapes.COUNT.as(count -> new Where.Hops(from, count)));
    }

    private void when(StrictObject when) {
        boolean possibly = when.optional("possibly", Shapes.FLAG).orElse(false);
        var at = when.optional("at", Shapes.MOMENT);
        var during =
                when.optional(
                        "during",
                        DomainShapes.INTERVAL.as(asked -> new When.During(asked, possibly)));
        var allen = when.optional("allen", (node, path) -> related(node, path, possibly));
        if (possibly && at.isEmpty() && during.isEmpty() && allen.isEmpty()) {
            throw new InvalidField(
                    "when.possibly", "goes only with when.at, when.during or when.allen");
        }
        at.map(moment -> new When.At(moment, possibly)).ifPresent(constraints::add);
        during.ifPresent(constraints::add);
        allen.ifPresent(constraints::add);
        when.optional("near", QuestionBody::near).ifPresent(constraints::add);
    }

    /// `{"relation": "overlaps", "from": ..., "until": ...}`; several relations are an array.
    private static When.Related related(JsonNode node, String path, boolean possibly) {
        var allen = StrictObject.of(node, path, List.of("relation", "from", "until"));
        Set<Allen> relations = allen.required("relation", QuestionBody::relations);
        Instant from = allen.required("from", Shapes.MOMENT);
        var until = allen.optional("until", Shapes.MOMENT);
        return Shapes.made(
                path,
                () ->
                        new When.Related(
                                relations,
                                until.map(end -> Interval.between(from, end))
                                        .orElseGet(() -> Interval.since(from)),
                                possibly));
    }

    private static Set<Allen> relations(JsonNode node, String path) {
        Shape<Allen> one = Shapes.TEXT.as(Allen::parse);
        var relations =
                node.isArray()
                        ? Shapes.listOf(one, Allen.values().length).read(node, path)
                        : List.of(one.read(node, path));
        if (relations.isEmpty()) {
            throw new InvalidField(path, "names at least one relation");
        }
        return new LinkedHashSet<>(relations);
    }

    private static When.Near near(JsonNode node, String path) {
        var near = StrictObject.of(node, path, List.of("at", "half"));
        var at = near.required("at", Shapes.MOMENT);
        return near.required("half", Shapes.DURATION.as(half -> new When.Near(at, half)));
    }

    private void why(StrictObject why) {
        int hops = count(why, "hops", "why.hops", USUAL_HOPS, Constraint.MOST_HOPS);
        int paths = count(why, "paths", "why.paths", 1, Constraint.MOST_PATHS);
        var causes = why.optional("causesOf", DomainShapes.ENTITY);
        var effects = why.optional("effectsOf", DomainShapes.ENTITY);
        var between = why.optional("between", (node, path) -> between(node, path, hops, paths));
        if (causes.isEmpty() && effects.isEmpty() && between.isEmpty()) {
            throw new InvalidField("why", "needs causesOf, effectsOf or between");
        }
        causes.map(entity -> new Why.CausesOf(entity, hops, paths)).ifPresent(constraints::add);
        effects.map(entity -> new Why.EffectsOf(entity, hops, paths)).ifPresent(constraints::add);
        between.ifPresent(constraints::add);
    }

    private static Why.Between between(JsonNode node, String path, int usualHops, int paths) {
        var between = StrictObject.of(node, path, List.of("cause", "effect", "hops"));
        var cause = between.required("cause", DomainShapes.ENTITY);
        int hops = count(between, "hops", path + ".hops", usualHops, Constraint.MOST_HOPS);
        return between.required(
                "effect",
                DomainShapes.ENTITY.as(effect -> new Why.Between(cause, effect, hops, paths)));
    }

    /// A number from 1 to `most`.
    private static int count(StrictObject part, String name, String path, int usually, int most) {
        int count = part.optional(name, Shapes.COUNT).orElse(usually);
        if (count < 1 || count > most) {
            throw new InvalidField(path, "must lie between 1 and " + most + ": " + count);
        }
        return count;
    }

    private void who(StrictObject who) {
        if (who.has("minTrust")) {
            throw new InvalidField(
                    "who.minTrust",
                    "cannot be asked yet: no source's trust is known; leave it out");
        }
        who.optional(
                        "sources",
                        Shapes.listOf(DomainShapes.SOURCE, Constraint.MOST_NAMED)
                                .as(names -> new Who.Sources(new LinkedHashSet<>(names))))
                .ifPresent(constraints::add);
    }
}
