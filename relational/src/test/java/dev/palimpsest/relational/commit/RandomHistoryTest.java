package dev.palimpsest.relational.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.relational.commit.ReferenceModel.TakingBack;
import dev.palimpsest.relational.commit.ReferenceModel.Telling;
import dev.palimpsest.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random histories, held against [ReferenceModel] at every position and day.
class RandomHistoryTest {

    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> SUBJECTS = List.of("acme", "bolt");
    private static final List<String> SOURCES = List.of("us", "web", "desk");
    private static final List<String> OBJECTS = List.of("Ann", "Bob", "Cat");
    private static final String CEO = "ceo";
    private static final String MAKER = "maker";
    private static final List<String> PREDICATES =
            List.of(CEO, MAKER, Profile.NAME.value(), Profile.ALIAS.value());
    private static final int REQUESTS = 120;

    /// One item, for the ledger and for the model.
    private record Step(WriteItem item, Optional<TakingBack> takenBack, Optional<Telling> told) {}

    /// A request that was sent, and what the model makes of it.
    private record Sent(List<Step> steps, boolean atomic, CompletableFuture<WriteResult> answer) {}

    private final Map<Long, ReferenceModel> expected = new TreeMap<>();
    private ReferenceModel model = new ReferenceModel(Set.of(CEO, Profile.NAME.value()));
    private long position;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void theLedgerAgreesWithTheModelAtEveryPositionAndDayForEver(long seed) {
        var random = new SplittableRandom(seed);
        try (var ledger = new OpenLedger()) {
            ledger.registerFunctional(CEO);
            position = 1;
            expected.put(position, model.copy());
            for (int phase = 0; phase < 3; phase++) {
                List<Sent> sent = new ArrayList<>();
                for (int i = 0; i < REQUESTS / 3; i++) {
                    sent.add(send(ledger, random));
                }
                for (var one : sent) {
                    follow(one, "seed " + seed);
                }
                compare(ledger, "seed " + seed + " phase " + phase);
                ledger.clock.move(Duration.ofHours(-1));
                if (phase == 1) {
                    ledger.restart();
                }
            }
            Invariants.hold(ledger);
        }
    }

    private static Sent send(OpenLedger ledger, SplittableRandom random) {
        List<Step> steps = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1;
        for (int i = 0; i < count; i++) {
            steps.add(randomStep(random));
        }
        boolean atomic = random.nextBoolean();
        var items = steps.stream().map(Step::item).toList();
        var request = new WriteRequest(OpenLedger.SPACE, items, atomic, Optional.empty());
        return new Sent(steps, atomic, ledger.recorder.record(request));
    }

    private static Step randomStep(SplittableRandom random) {
        var told = randomTelling(random);
        return switch (random.nextInt(5)) {
            case 0 -> {
                var taken = randomTakingBack(random);
                yield new Step(
                        WriteItem.now(new Action.RetractFact(retraction(taken))),
                        Optional.of(taken.back()),
                        Optional.empty());
            }
            case 1 -> {
                var taken = randomTakingBack(random);
                yield new Step(
                        WriteItem.now(new Action.CorrectFact(retraction(taken), statement(told))),
                        Optional.of(taken.back()),
                        Optional.of(told));
            }
            default ->
                    new Step(
                            WriteItem.now(new Action.AssertFact(statement(told))),
                            Optional.empty(),
                            Optional.of(told));
        };
    }

    private static Telling randomTelling(SplittableRandom random) {
        int from = random.nextInt(ReferenceModel.DAYS - 1);
        int until = random.nextInt(from + 1, ReferenceModel.DAYS + 1);
        return new Telling(
                one(SUBJECTS, random),
                one(PREDICATES, random),
                one(OBJECTS, random),
                random.nextInt(4) == 0 ? "0.5" : "-",
                from,
                until,
                one(SOURCES, random),
                random.nextInt(6) == 0);
    }

    /// @param whole whether no portion is named
    private record RandomTakingBack(TakingBack back, Optional<String> source, boolean whole) {}

    private static RandomTakingBack randomTakingBack(SplittableRandom random) {
        var like = randomTelling(random);
        boolean whole = random.nextInt(4) == 0;
        var source = random.nextBoolean() ? Optional.of(like.source()) : Optional.<String>empty();
        return new RandomTakingBack(
                new TakingBack(
                        like.subject(),
                        like.predicate(),
                        like.object(),
                        whole ? 0 : like.from(),
                        whole ? ReferenceModel.DAYS : like.until(),
                        who -> source.map(who::equals).orElse(true)),
                source,
                whole);
    }

    private static <T> T one(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static Statement statement(Telling told) {
        var qualifiers =
                told.qualifier().equals("-")
                        ? Qualifiers.NONE
                        : new Qualifiers(
                                OptionalDouble.of(0.5),
                                OptionalDouble.empty(),
                                Optional.empty(),
                                Optional.empty());
        return new Statement(
                new EntityId(told.subject()),
                new PredicateName(told.predicate()),
                new Value.Text(told.object()),
                days(told.from(), told.until()),
                new SourceId(told.source()),
                qualifiers,
                Optional.empty(),
                told.all() ? Statement.Replaces.ALL : Statement.Replaces.OVERLAP);
    }

    private static Retraction retraction(RandomTakingBack taken) {
        var back = taken.back();
        return new Retraction(
                FactId.of(
                        OpenLedger.SPACE,
                        new EntityId(back.subject()),
                        new PredicateName(back.predicate()),
                        new Value.Text(back.object())),
                taken.whole() ? Optional.empty() : Optional.of(days(back.from(), back.until())),
                taken.source().map(SourceId::new),
                "taken back");
    }

    private static Interval days(int from, int until) {
        return until == ReferenceModel.DAYS
                ? Interval.since(day(from))
                : Interval.between(day(from), day(until));
    }

    private static Instant day(int number) {
        return FIRST_DAY.plus(Duration.ofDays(number));
    }

    private void follow(Sent sent, String seed) {
        var outcomes = sent.answer().join().outcomes().stream().map(RandomHistoryTest::verdict);
        long first = position;
        var before = model.copy();
        var reached = new TreeMap<Long, ReferenceModel>();
        List<Verdict> verdicts = new ArrayList<>();
        for (var step : sent.steps()) {
            verdicts.add(follow(step));
            reached.putIfAbsent(position, model.copy());
        }
        if (sent.atomic() && verdicts.contains(Verdict.REFUSED)) {
            verdicts.replaceAll(_ -> Verdict.REFUSED);
            model = before;
            position = first;
        } else {
            expected.putAll(reached);
        }
        assertThat(outcomes)
                .as("%s after %d: %s", seed, first, sent.steps())
                .containsExactlyElementsOf(verdicts);
    }

    private enum Verdict {
        WRITTEN,
        UNCHANGED,
        REFUSED
    }

    private static Verdict verdict(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Written _, Outcome.Defined _ -> Verdict.WRITTEN;
            case Outcome.Unchanged _ -> Verdict.UNCHANGED;
            case Outcome.Refused _ -> Verdict.REFUSED;
        };
    }

    private Verdict follow(Step step) {
        var after = model.copy();
        boolean changed = false;
        if (step.takenBack().isPresent()) {
            var taken = step.takenBack().get();
            if (!after.wasEverSaid(taken.subject(), taken.predicate(), taken.object())) {
                return Verdict.REFUSED;
            }
            changed = after.takeBack(taken);
            if (!changed && step.told().isPresent()) {
                return Verdict.REFUSED;
            }
        }
        if (step.told().isPresent()) {
            changed |= after.tell(step.told().get(), position + 1);
        }
        if (!changed) {
            return Verdict.UNCHANGED;
        }
        position++;
        model = after;
        return Verdict.WRITTEN;
    }

    private void compare(OpenLedger ledger, String when) {
        var truth = new TreeMap<String, Set<String>>();
        for (String row :
                ledger.rows(
                        """
                        select e.id, p.name, v.object, coalesce(v.confidence::text, '-'),
                               v.valid_from, v.valid_until, v.from_position, v.until_position
                        from fact_version v join entity e on e.node = v.subject
                        join predicate p on p.no = v.predicate
                        """)) {
            var cells = row.split("\\|");
            for (long at : expected.keySet()) {
                if (Long.parseLong(cells[6]) <= at && at < Long.parseLong(cells[7])) {
                    for (int day = 0; day < ReferenceModel.DAYS; day++) {
                        long micros = day(day).getEpochSecond() * 1_000_000;
                        if (Long.parseLong(cells[4]) <= micros
                                && micros < Long.parseLong(cells[5])) {
                            truth.computeIfAbsent(
                                            name(at, day, cells[0], cells[1]), _ -> new TreeSet<>())
                                    .add(cells[2] + " " + cells[3]);
                        }
                    }
                }
            }
        }
        expected.forEach((at, then) -> {
            for (String subject : SUBJECTS) {
                for (String predicate : PREDICATES) {
                    for (int day = 0; day < ReferenceModel.DAYS; day++) {
                        String asked = name(at, day, subject, predicate);
                        assertThat(truth.getOrDefault(asked, Set.of()))
                                .as(when + ": " + asked)
                                .isEqualTo(then.truth(subject, predicate, day));
                    }
                }
            }
        });
        compareProfiles(ledger, when);
    }

    private static String name(long at, int day, String subject, String predicate) {
        return "at " + at + " day " + day + " " + subject + " " + predicate;
    }

    private void compareProfiles(OpenLedger ledger, String when) {
        for (String row :
                ledger.rows(
                        """
                        select e.id, coalesce(f.name, 'nothing'),
                               '[' || array_to_string(f.aliases, ', ') || ']',
                               f.from_position, f.until_position
                        from profile f join entity e on e.node = f.entity
                        """)) {
            var cells = row.split("\\|");
            expected.forEach((at, then) -> {
                if (Long.parseLong(cells[3]) <= at && at < Long.parseLong(cells[4])) {
                    assertThat(cells[1] + " " + cells[2])
                            .as(when + ": profile of " + cells[0] + " at " + at)
                            .isEqualTo(then.profile(cells[0]));
                }
            });
        }
    }
}
