package dev.palimpsest.datasets.made;

import dev.palimpsest.space.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Made documents, each with kind, place, time and the numbers of the real texts it is mixed from:
/// one in twenty an entity, these first; of the rest most are memories and about one in six is a
/// fact; of the facts a fifth join cause and effect. The same seed makes the same world.
public final class MadeWorld {

    /// The fewest documents a world may have.
    public static final int LEAST_DOCUMENTS = 2_000;

    /// The most documents a world may have.
    public static final int MOST_DOCUMENTS = 5_000_000;

    /// Everything happens from here on ...
    static final Instant BEGINNING = Instant.parse("2015-01-01T00:00:00Z");

    /// ... and before this, but what is open.
    static final Instant END = Instant.parse("2025-01-01T00:00:00Z");

    static final int MOST_TEXTS = 3;
    static final int MOST_MENTIONS = 3;

    /// What a document has instead of a further text or mention.
    static final int NONE = -1;

    static final long OPEN = Long.MAX_VALUE;

    private static final int DOCUMENTS_TO_AN_ENTITY = 20;
    private static final double SHARE_OF_MEMORIES = .80 / .95;
    private static final double SHARE_OF_CAUSAL_FACTS = .2;
    private static final double SHARE_OF_OPEN_FACTS = .1;
    private static final double SHARE_OF_LASTING_ENTITIES = .4;
    private static final double SHARE_OF_LOCAL_MENTIONS = .7;
    private static final double SHARE_OF_FAMOUS_OBJECTS = .3;
    private static final double SHARE_OF_THREE_TEXTS = .4;
    private static final long SPAN_SECONDS = Duration.between(BEGINNING, END).toSeconds();

    enum Sort {
        ENTITY,
        MEMORY,
        FACT,
        CAUSAL_FACT
    }

    private final RandomGenerator random;
    private final int texts;
    private final Cities cities;
    private final int entities;
    private final Sort[] sorts;
    private final double[] latitudes;
    private final double[] longitudes;
    private final long[] from;
    private final long[] until;
    private final int[] mixed;

    /// Entities: of a memory those it mentions, of a fact subject and object.
    private final int[] about;

    private final int[] cityOfEntity;
    private final List<List<Integer>> entitiesOfCity;
    private final List<int[]> causes;
    private final Set<Long> usedMixes = new HashSet<>();
    private final Set<Long> usedFacts = new HashSet<>();
    private final Zipf famous;

    private MadeWorld(int documents, int texts, Cities cities, long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.texts = texts;
        this.cities = cities;
        this.entities = documents / DOCUMENTS_TO_AN_ENTITY;
        this.sorts = new Sort[documents];
        this.latitudes = new double[documents];
        this.longitudes = new double[documents];
        this.from = new long[documents];
        this.until = new long[documents];
        this.mixed = new int[documents * MOST_TEXTS];
        this.about = new int[documents * MOST_MENTIONS];
        this.cityOfEntity = new int[entities];
        this.entitiesOfCity = new ArrayList<>();
        this.causes = new ArrayList<>();
        this.famous = new Zipf(entities);
    }

    /// @param texts how many real texts there are to mix
    public static MadeWorld make(int documents, int texts, Cities cities, long seed) {
        var world = new MadeWorld(documents, texts, cities, seed);
        world.makeEntities();
        world.makeCauses(seed);
        world.makeOthers();
        world.usedMixes.clear();
        world.usedFacts.clear();
        return world;
    }

    private void makeEntities() {
        for (int entity = 0; entity < entities; entity++) {
            int city = cities.draw(random);
            cityOfEntity[entity] = city;
            while (entitiesOfCity.size() <= city) {
                entitiesOfCity.add(new ArrayList<>());
            }
            entitiesOfCity.get(city).add(entity);
            sorts[entity] = Sort.ENTITY;
            place(entity, cities.near(city, random));
            mix(entity);
            from[entity] = moment();
            boolean lasting = random.nextDouble() < SHARE_OF_LASTING_ENTITIES;
            until[entity] = lasting ? OPEN : later(from[entity], Duration.ofDays(60));
            mention(entity, NONE, NONE, NONE);
        }
    }

    /// In groups of six in order of time, four links to a group: a chain of three and one beside.
    private void makeCauses(long seed) {
        var order = new ArrayList<Integer>();
        for (int entity = 0; entity < entities; entity++) {
            order.add(entity);
        }
        Collections.shuffle(order, new Random(seed));
        for (int first = 0; first + 6 <= entities; first += 6) {
            var group = new ArrayList<>(order.subList(first, first + 6));
            group.sort((one, other) -> Long.compare(from[one], from[other]));
            causes.add(new int[] {group.get(0), group.get(1)});
            causes.add(new int[] {group.get(1), group.get(2)});
            causes.add(new int[] {group.get(2), group.get(3)});
            causes.add(new int[] {group.get(1), group.get(4)});
        }
    }

    private void makeOthers() {
        int nextCause = 0;
        for (int document = entities; document < sorts.length; document++) {
            if (random.nextDouble() < SHARE_OF_MEMORIES) {
                makeMemory(document);
            } else if (nextCause < causes.size() && random.nextDouble() < SHARE_OF_CAUSAL_FACTS) {
                makeCausalFact(document, causes.get(nextCause++));
            } else {
                makeFact(document);
            }
        }
        causes.subList(nextCause, causes.size()).clear();
    }

    private void makeMemory(int document) {
        int city = cities.draw(random);
        sorts[document] = Sort.MEMORY;
        place(document, cities.near(city, random));
        mix(document);
        from[document] = moment();
        until[document] = from[document] + 1;
        int mentions = 1 + random.nextInt(MOST_MENTIONS);
        mention(
                document,
                entityIn(city),
                mentions > 1 ? entityIn(city) : NONE,
                mentions > 2 ? entityIn(city) : NONE);
    }

    private int entityIn(int city) {
        boolean local = random.nextDouble() < SHARE_OF_LOCAL_MENTIONS;
        List<Integer> here = city < entitiesOfCity.size() ? entitiesOfCity.get(city) : List.of();
        return local && !here.isEmpty()
                ? here.get(random.nextInt(here.size()))
                : random.nextInt(entities);
    }

    private void makeFact(int document) {
        int subject;
        int object;
        do {
            subject = random.nextInt(entities);
            boolean toFamous = random.nextDouble() < SHARE_OF_FAMOUS_OBJECTS;
            object = toFamous ? famous.next(random) : random.nextInt(entities);
        } while (subject == object || !usedFacts.add((long) subject * entities + object));
        sorts[document] = Sort.FACT;
        from[document] = moment();
        boolean open = random.nextDouble() < SHARE_OF_OPEN_FACTS;
        until[document] = open ? OPEN : later(from[document], Duration.ofDays(365));
        join(document, subject, object);
    }

    /// Valid from the effect's beginning on.
    private void makeCausalFact(int document, int[] cause) {
        sorts[document] = Sort.CAUSAL_FACT;
        from[document] = from[cause[1]];
        until[document] = later(from[document], Duration.ofDays(90));
        join(document, cause[0], cause[1]);
    }

    private void join(int document, int subject, int object) {
        latitudes[document] = latitudes[subject];
        longitudes[document] = longitudes[subject];
        mix(document);
        mention(document, subject, object, NONE);
    }

    private void place(int document, GeoPoint point) {
        latitudes[document] = point.latitude();
        longitudes[document] = point.longitude();
    }

    private void mention(int document, int first, int second, int third) {
        about[document * MOST_MENTIONS] = first;
        about[document * MOST_MENTIONS + 1] = second;
        about[document * MOST_MENTIONS + 2] = third;
    }

    private void mix(int document) {
        int first;
        int second;
        int third;
        do {
            first = random.nextInt(texts);
            second = random.nextInt(texts);
            third = random.nextDouble() < SHARE_OF_THREE_TEXTS ? random.nextInt(texts) : NONE;
        } while (first == second
                || second == third
                || first == third
                || !usedMixes.add(((long) first * texts + second) * (texts + 1L) + third + 1));
        mixed[document * MOST_TEXTS] = first;
        mixed[document * MOST_TEXTS + 1] = second;
        mixed[document * MOST_TEXTS + 2] = third;
    }

    /// Microseconds, on a whole second.
    private long moment() {
        return (BEGINNING.getEpochSecond() + random.nextLong(SPAN_SECONDS)) * 1_000_000L;
    }

    private long later(long start, Duration most) {
        long end = start / 1_000_000L + 3_600 + random.nextLong(most.toSeconds());
        return Math.min(end, END.getEpochSecond() + 1) * 1_000_000L;
    }

    /// How many documents there are.
    public int size() {
        return sorts.length;
    }

    /// How many of them, the first, are entities.
    public int entities() {
        return entities;
    }

    Sort sort(int document) {
        return sorts[document];
    }

    double latitude(int document) {
        return latitudes[document];
    }

    double longitude(int document) {
        return longitudes[document];
    }

    long from(int document) {
        return from[document];
    }

    /// Exclusive; [#OPEN] if it goes on.
    long until(int document) {
        return until[document];
    }

    /// The number of a text it is mixed from, or [#NONE].
    int text(int document, int which) {
        return mixed[document * MOST_TEXTS + which];
    }

    /// The number of an entity it is about, or [#NONE].
    int about(int document, int which) {
        return about[document * MOST_MENTIONS + which];
    }

    /// Cause and effect of every causal fact.
    List<int[]> causes() {
        return causes;
    }
}
