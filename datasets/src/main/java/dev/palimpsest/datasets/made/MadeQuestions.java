package dev.palimpsest.datasets.made;

import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Questions about a made world, no two with the same text. Their texts are pieces of two or three
/// real sentences that no document has.
///
/// All have a text, a region (and half of them a point around which is best) and a time: an
/// interval, or a moment near which is best, or both; of the sparsest class all ask for effects or
/// causes of an entity too. One in ten asks what was known at an earlier moment. Region and
/// interval are chosen so that about the share of the class passes.
public final class MadeQuestions {

    private static final double WHOLE_EARTH = 20_040;
    private static final int HOPS = 3;
    private static final int LONGEST_PIECE = 7;
    private static final int SHORTEST_PIECE = 3;
    private static final int PAST_ONE_IN = 10;

    /// At most so many documents are looked at to find out what passes.
    private static final int SAMPLE = 200_000;

    private final MadeWorld world;
    private final Cities cities;
    private final List<String> texts;
    private final Instant lastRecorded;
    private final SplittableRandom random;
    private final Set<String> asked = new HashSet<>();
    private final List<List<Integer>> effects;
    private final List<List<Integer>> causes;

    /// @param texts real ones of which no document has any
    /// @param lastRecorded when the last write is said to have been recorded
    public MadeQuestions(
            MadeWorld world, Cities cities, List<String> texts, Instant lastRecorded, long seed) {
        this.world = world;
        this.cities = cities;
        this.texts = texts;
        this.lastRecorded = lastRecorded;
        this.random = new SplittableRandom(seed);
        this.effects = neighbours(world, 0);
        this.causes = neighbours(world, 1);
    }

    private static List<List<Integer>> neighbours(MadeWorld world, int end) {
        List<List<Integer>> neighbours =
                new ArrayList<>(
                        IntStream.range(0, world.entities())
                                .<List<Integer>>mapToObj(_ -> List.of())
                                .toList());
        for (int[] link : world.causes()) {
            if (neighbours.get(link[end]).isEmpty()) {
                neighbours.set(link[end], new ArrayList<>());
            }
            neighbours.get(link[end]).add(link[1 - end]);
        }
        return neighbours;
    }

    /// So many new questions of a class.
    public List<Question> of(Selectivity selectivity, int count) {
        return IntStream.range(0, count).mapToObj(_ -> next(selectivity)).toList();
    }

    /// So many new questions that ask for memories by words alone.
    public List<Question> ofMemories(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ ->
                        Question.of(MadeLoad.SPACE, new What.Text(text()))
                                .ofKinds(Set.of(Kind.MEMORY)))
                .toList();
    }

    private Question next(Selectivity selectivity) {
        var constraints = new ArrayList<Constraint>();
        constraints.add(new What.Text(text()));
        switch (selectivity) {
            case ALL -> addWhole(constraints);
            case ONE_IN_TEN_THOUSAND -> addWhy(constraints, selectivity.share());
            case ONE_IN_A_THOUSAND, ONE_IN_A_HUNDRED, ONE_IN_TEN ->
                    addRegion(constraints, selectivity.share());
        }
        var question = Question.of(MadeLoad.SPACE, constraints.toArray(Constraint[]::new));
        return random.nextInt(PAST_ONE_IN) == 0 ? question.knownAt(past()) : question;
    }

    /// In the second half of the time in which the world was written.
    private Instant past() {
        long span = Duration.between(MadeLoad.FIRST_RECORDED, lastRecorded).toSeconds();
        return MadeLoad.FIRST_RECORDED.plusSeconds(span / 2 + random.nextLong(span / 2));
    }

    private void addWhole(List<Constraint> constraints) {
        var centre = cities.centre(cities.draw(random));
        constraints.add(new Where.Within(new Region.Circle(centre, WHOLE_EARTH)));
        addAround(constraints, centre, 1_000);
        constraints.add(near(moment(random.nextInt(world.size()))));
    }

    private void addRegion(List<Constraint> constraints, double share) {
        var centre = cities.centre(cities.draw(random));
        int stride = Math.max(1, world.size() / SAMPLE);
        int[] sample = IntStream.iterate(0, i -> i < world.size(), i -> i + stride).toArray();
        double[] away = distances(sample, centre);
        // A part of the choice is made by place, the rest by time.
        double byPlace = Math.pow(share, .2 + .6 * random.nextDouble());
        double[] sorted = away.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.min(sorted.length - 1, byPlace * sorted.length);
        double radius = Math.clamp(sorted[rank], 1, WHOLE_EARTH);
        int[] inside =
                IntStream.range(0, sample.length)
                        .filter(i -> away[i] <= radius)
                        .map(i -> sample[i])
                        .toArray();
        addTogether(constraints, centre, radius, inside, share * world.size() / stride);
    }

    /// Effects of a cause or causes of an effect, with the region and the time in which enough of
    /// them lie.
    private void addWhy(List<Constraint> constraints, double share) {
        boolean forwards = random.nextBoolean();
        int start = linked(forwards ? effects : causes);
        var reached = reached(start, forwards ? effects : causes);
        int[] documents =
                IntStream.range(0, world.size()).filter(i -> isAbout(i, reached)).toArray();
        var centre = new GeoPoint(world.latitude(start), world.longitude(start));
        int[] picked = window(documents, share * world.size());
        double radius =
                Math.clamp(
                        Arrays.stream(distances(picked, centre)).max().orElse(1) + 1,
                        1,
                        WHOLE_EARTH);
        constraints.add(
                forwards
                        ? new Why.EffectsOf(MadeItems.entity(start), HOPS)
                        : new Why.CausesOf(MadeItems.entity(start), HOPS));
        addTogether(constraints, centre, radius, picked, picked.length);
    }

    private void addTogether(
            List<Constraint> constraints,
            GeoPoint centre,
            double radius,
            int[] inside,
            double wanted) {
        int[] picked = window(inside, wanted);
        constraints.add(new Where.Within(new Region.Circle(centre, radius)));
        addAround(constraints, centre, Math.max(1, radius / 3));
        constraints.add(new When.During(span(picked), false));
        if (random.nextInt(3) == 0) {
            constraints.add(near(moment(picked[random.nextInt(picked.length)])));
        }
    }

    private void addAround(List<Constraint> constraints, GeoPoint centre, double half) {
        if (random.nextBoolean()) {
            constraints.add(new Where.Around(centre, half));
        }
    }

    private When.Near near(Instant moment) {
        return new When.Near(moment, Duration.ofDays(1 + random.nextInt(60)));
    }

    private Instant moment(int document) {
        return Moments.fromMicros(world.from(document));
    }

    /// So many documents that follow each other in time, of those that end.
    private int[] window(int[] documents, double wanted) {
        int[] ended =
                Arrays.stream(documents)
                        .filter(i -> world.until(i) != MadeWorld.OPEN)
                        .boxed()
                        .sorted((one, other) -> Long.compare(world.from(one), world.from(other)))
                        .mapToInt(i -> i)
                        .toArray();
        int[] usable = ended.length == 0 ? documents : ended;
        int count = Math.clamp(Math.round(wanted), 1, usable.length);
        int first = random.nextInt(usable.length - count + 1);
        return Arrays.copyOfRange(usable, first, first + count);
    }

    /// From the first beginning to the last one, or a little longer: facts that began in it and go
    /// on do not lie in it.
    private Interval span(int[] documents) {
        long first = Arrays.stream(documents).mapToLong(world::from).min().orElseThrow();
        long last = Arrays.stream(documents).mapToLong(world::from).max().orElseThrow();
        return Interval.between(Moments.fromMicros(first), Moments.fromMicros(last + 1_000_000));
    }

    private double[] distances(int[] documents, GeoPoint centre) {
        return Arrays.stream(documents)
                .mapToDouble(i ->
                        new GeoPoint(world.latitude(i), world.longitude(i)).kilometresTo(centre))
                .toArray();
    }

    private int linked(List<List<Integer>> links) {
        int entity = random.nextInt(world.entities());
        while (links.get(entity).isEmpty()) {
            entity = (entity + 1) % world.entities();
        }
        return entity;
    }

    private static Set<Integer> reached(int start, List<List<Integer>> links) {
        Set<Integer> reached = new HashSet<>();
        var ends = List.of(start);
        for (int hop = 0; hop < HOPS; hop++) {
            ends = ends.stream().flatMap(end -> links.get(end).stream()).toList();
            reached.addAll(ends);
        }
        return reached;
    }

    private boolean isAbout(int document, Set<Integer> entities) {
        return switch (world.sort(document)) {
            case ENTITY -> entities.contains(document);
            case MEMORY ->
                    IntStream.range(0, MadeWorld.MOST_MENTIONS)
                            .anyMatch(i -> entities.contains(world.about(document, i)));
            case CAUSAL_FACT ->
                    entities.contains(world.about(document, 0))
                            && entities.contains(world.about(document, 1));
            case FACT -> false;
        };
    }

    private String text() {
        String text;
        do {
            var pieces = new ArrayList<String>();
            for (int i = 2 + random.nextInt(2); i > 0; i--) {
                pieces.add(piece(texts.get(random.nextInt(texts.size()))));
            }
            text = String.join(", ", pieces);
        } while (!asked.add(text));
        return text;
    }

    private String piece(String sentence) {
        String[] words = sentence.split(" ");
        int length = SHORTEST_PIECE + random.nextInt(LONGEST_PIECE - SHORTEST_PIECE + 1);
        int from = random.nextInt(Math.max(1, words.length - length + 1));
        return String.join(
                " ", Arrays.copyOfRange(words, from, Math.min(words.length, from + length)));
    }
}
