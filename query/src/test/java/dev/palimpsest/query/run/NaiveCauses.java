package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.question.Constraint.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/// What chains of causes are, written down once more: every one there is gets tried.
final class NaiveCauses {

    /// Beyond so many mechanisms nobody has the time to try every case of them.
    private static final int MOST_CASES = 12;

    private final List<Link> links;
    private final Map<EntityId, EntityProfile> profiles;
    private final Map<Why, List<List<Link>>> known = new HashMap<>();

    /// A causal fact, read from cause to effect.
    private record Link(EntityId cause, EntityId effect, FactVersion fact) {}

    NaiveCauses(List<FactVersion> facts, Map<EntityId, EntityProfile> profiles) {
        this.profiles = profiles;
        this.links = facts.stream().flatMap(NaiveCauses::link).toList();
    }

    private static Stream<Link> link(FactVersion fact) {
        if (!(fact.object() instanceof Value.Entity(EntityId object))) {
            return Stream.empty();
        }
        if (fact.predicate().equals(RandomWorld.LED_TO)) {
            return Stream.of(new Link(fact.subject(), object, fact));
        }
        return fact.predicate().equals(RandomWorld.DUE_TO)
                ? Stream.of(new Link(object, fact.subject(), fact))
                : Stream.empty();
    }

    /// Whether a row is on a chain, or mentions something that is.
    boolean isOnChain(Row row, Why why) {
        return switch (row) {
            case Row.OfFact fact ->
                    known(why).stream().anyMatch(chain -> isAsked(chain, fact.version(), why));
            case Row.OfProfile _, Row.OfMemory _ ->
                    NaiveReader.touched(row).anyMatch(entity -> !through(entity, why).isEmpty());
            case Row.OfEntity _, Row.OfPredicate _ -> false;
        };
    }

    /// Where chains have one end only, a fact is on those that begin with it there.
    private static boolean isAsked(List<Link> chain, FactVersion fact, Why why) {
        return switch (why) {
            case Why.CausesOf _ -> chain.getFirst().fact.id().equals(fact.id());
            case Why.EffectsOf _ -> chain.getLast().fact.id().equals(fact.id());
            case Why.Between _ -> chain.stream().anyMatch(link -> link.fact.id().equals(fact.id()));
        };
    }

    /// How strong the chains of an entity are, the strongest first.
    List<Double> strengths(EntityId entity, Why why) {
        return strengths(through(entity, why));
    }

    /// How strong the chains of a causal fact are, the strongest first.
    List<Double> strengths(FactVersion fact, Why why) {
        return strengths(known(why).stream().filter(chain -> isAsked(chain, fact, why)).toList());
    }

    private List<Double> strengths(List<List<Link>> chains) {
        return chains.stream().map(this::strength).sorted(Comparator.reverseOrder()).toList();
    }

    /// How likely the effect is, given the cause, by trying every case; empty if these are too
    /// many.
    OptionalDouble probability(EntityId entity, Why why) {
        record Pair(EntityId cause, EntityId effect) {}
        var chains = why instanceof Why.Between ? known(why) : through(entity, why);
        Map<Pair, Double> chances = new LinkedHashMap<>();
        for (var link : chains.stream().flatMap(List::stream).distinct().toList()) {
            chances.merge(new Pair(link.cause, link.effect), chance(link), Math::max);
        }
        if (chances.size() > MOST_CASES) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int open = 0; open < 1 << chances.size(); open++) {
            double chance = 1;
            Set<Pair> opened = new HashSet<>();
            int bit = 0;
            for (var pair : chances.entrySet()) {
                boolean isOpen = (open >> bit++ & 1) == 1;
                chance *= isOpen ? pair.getValue() : 1 - pair.getValue();
                if (isOpen) {
                    opened.add(pair.getKey());
                }
            }
            boolean whole =
                    chains.stream()
                            .anyMatch(chain ->
                                    chain.stream()
                                            .map(link -> new Pair(link.cause, link.effect))
                                            .allMatch(opened::contains));
            sum += whole ? chance : 0;
        }
        return OptionalDouble.of(sum);
    }

    private List<List<Link>> through(EntityId entity, Why why) {
        return known(why).stream()
                .filter(chain ->
                        switch (why) {
                            case Why.CausesOf _ -> chain.getFirst().cause.equals(entity);
                            case Why.EffectsOf _ -> chain.getLast().effect.equals(entity);
                            case Why.Between _ ->
                                    chain.stream()
                                            .anyMatch(link ->
                                                    link.cause.equals(entity)
                                                            || link.effect.equals(entity));
                        })
                .toList();
    }

    private List<List<Link>> known(Why why) {
        return known.computeIfAbsent(why, this::chains);
    }

    private List<List<Link>> chains(Why why) {
        List<List<Link>> chains = new ArrayList<>();
        switch (why) {
            case Why.CausesOf(var effect, int hops, int _) -> {
                for (var cause : profiles.keySet()) {
                    tryAll(cause, Optional.of(effect), hops, new ArrayList<>(), chains);
                }
            }
            case Why.EffectsOf(var cause, int hops, int _) ->
                    tryAll(cause, Optional.empty(), hops, new ArrayList<>(), chains);
            case Why.Between(var cause, var effect, int hops, int _) ->
                    tryAll(cause, Optional.of(effect), hops, new ArrayList<>(), chains);
        }
        return chains;
    }

    private void tryAll(
            EntityId at,
            Optional<EntityId> effect,
            int hops,
            List<Link> way,
            List<List<Link>> chains) {
        boolean whole = effect.map(at::equals).orElse(true);
        if (!way.isEmpty() && whole) {
            chains.add(List.copyOf(way));
        }
        if (way.size() == hops || (whole && effect.isPresent())) {
            return;
        }
        for (var link : links) {
            boolean seen =
                    link.effect.equals(at)
                            || way.stream().anyMatch(one -> one.cause.equals(link.effect));
            if (link.cause.equals(at) && !seen) {
                way.add(link);
                if (isInTime(way)) {
                    tryAll(link.effect, effect, hops, way, chains);
                }
                way.removeLast();
            }
        }
    }

    private boolean isInTime(List<Link> way) {
        var moments =
                Stream.concat(Stream.of(way.getFirst().cause), way.stream().map(Link::effect))
                        .flatMap(entity -> begins(entity).stream())
                        .toList();
        return moments.equals(moments.stream().sorted().toList());
    }

    private double strength(List<Link> chain) {
        return chain.stream()
                .mapToDouble(link -> chance(link) * likelihood(link))
                .reduce(1, (one, other) -> one * other);
    }

    private static double chance(Link link) {
        var qualifiers = link.fact.qualifiers();
        return qualifiers.strength().orElse(1) * qualifiers.confidence().orElse(1);
    }

    private double likelihood(Link link) {
        var delay = link.fact.qualifiers().delay();
        var before = begins(link.cause);
        var after = begins(link.effect);
        if (delay.isEmpty()
                || delay.get().deviation().isEmpty()
                || before.isEmpty()
                || after.isEmpty()) {
            return 1;
        }
        double took = after.get().getEpochSecond() - (double) before.get().getEpochSecond();
        double away = took - delay.get().mean().toSeconds();
        double deviation = delay.get().deviation().get().toSeconds();
        if (away == 0) {
            return 1;
        }
        return Math.exp(-away * away / (2 * deviation * deviation));
    }

    private Optional<Instant> begins(EntityId entity) {
        return Optional.ofNullable(profiles.get(entity))
                .flatMap(EntityProfile::exists)
                .map(exists -> exists.from());
    }
}
