package dev.palimpsest.datasets.trial;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A write of the trial, over whole days; day [#DAYS] stands for "open".
sealed interface TrialWrite {

    String FUNCTIONAL = "status";
    String MULTI_VALUED = "tag";
    int DAYS = 30;

    Instant FIRST_DAY = Instant.parse("2020-01-01T00:00:00Z");

    record Say(String subject, String predicate, String object, String source, int from, int until)
            implements TrialWrite {

        Statement statement() {
            return new Statement(
                    new EntityId(subject),
                    new PredicateName(predicate),
                    new Value.Text(object),
                    valid(from, until),
                    new SourceId(source),
                    Qualifiers.NONE,
                    Optional.empty(),
                    Statement.Replaces.OVERLAP);
        }
    }

    record TakeBack(
            String subject,
            String predicate,
            String object,
            Optional<String> source,
            int from,
            int until)
            implements TrialWrite {

        Retraction retraction(SpaceId space) {
            var fact =
                    FactId.of(
                            space,
                            new EntityId(subject),
                            new PredicateName(predicate),
                            new Value.Text(object));
            return new Retraction(
                    fact,
                    Optional.of(valid(from, until)),
                    source.map(SourceId::new),
                    "found to be wrong");
        }
    }

    record Swap(TakeBack back, Say say) implements TrialWrite {}

    static Instant day(int day) {
        return FIRST_DAY.plusSeconds(86_400L * day);
    }

    static TrialWrite random(RandomGenerator random, int subjects, int sources) {
        var say = randomSay(random, subjects, sources);
        return switch (random.nextInt(10)) {
            case 0, 1 -> backOf(say, random);
            case 2 -> new Swap(backOf(say, random), sameSlot(say, random));
            default -> say;
        };
    }

    default WriteItem item(SpaceId space) {
        return WriteItem.now(
                switch (this) {
                    case Say say -> new Action.AssertFact(say.statement());
                    case TakeBack back -> new Action.RetractFact(back.retraction(space));
                    case Swap(TakeBack back, Say say) ->
                            new Action.CorrectFact(back.retraction(space), say.statement());
                });
    }

    private static Say randomSay(RandomGenerator random, int subjects, int sources) {
        int from = random.nextInt(DAYS - 1);
        int until = random.nextInt(4) == 0 ? DAYS : random.nextInt(from + 1, DAYS);
        return new Say(
                "entity-" + random.nextInt(subjects),
                random.nextBoolean() ? FUNCTIONAL : MULTI_VALUED,
                "value-" + random.nextInt(4),
                "source-" + random.nextInt(sources),
                from,
                until);
    }

    private static TakeBack backOf(Say say, RandomGenerator random) {
        return new TakeBack(
                say.subject,
                say.predicate,
                say.object,
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(say.source),
                say.from,
                say.until);
    }

    private static Say sameSlot(Say say, RandomGenerator random) {
        return new Say(
                say.subject,
                say.predicate,
                "value-" + random.nextInt(4),
                say.source,
                say.from,
                say.until);
    }

    private static Interval valid(int from, int until) {
        return until == DAYS ? Interval.since(day(from)) : Interval.between(day(from), day(until));
    }
}
