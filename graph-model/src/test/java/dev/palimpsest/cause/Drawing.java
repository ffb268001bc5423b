package dev.palimpsest.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A causal graph small enough to try every chain.
final class Drawing {

    record Link(int cause, int effect, double chance, double likelihood, int mechanism) {
        double strength() {
            return chance * likelihood;
        }
    }

    private final List<Link> links = new ArrayList<>();
    private final Map<Integer, Long> begins = new TreeMap<>();

    /// So many nodes and links, some parallel, some in circles, some of no strength; two nodes of
    /// three have a beginning.
    static Drawing random(long seed, int nodes, int links) {
        var random = new Random(seed);
        var drawing = new Drawing();
        for (int node = 0; node < nodes; node++) {
            if (random.nextInt(3) > 0) {
                drawing.begins(node, random.nextInt(8));
            }
        }
        for (int link = 0; link < links; link++) {
            drawing.links.add(
                    new Link(
                            random.nextInt(nodes),
                            random.nextInt(nodes),
                            random.nextInt(5) / 4.0,
                            random.nextInt(3) == 0 ? 0.5 : 1,
                            random.nextInt(2)));
        }
        return drawing;
    }

    Drawing link(int cause, int effect, double chance) {
        links.add(new Link(cause, effect, chance, 1, links.size()));
        return this;
    }

    /// Another version of the link drawn last.
    Drawing again(double chance) {
        var last = links.getLast();
        links.add(new Link(last.cause, last.effect, chance, 1, last.mechanism));
        return this;
    }

    Drawing begins(int node, long moment) {
        begins.put(node, moment);
        return this;
    }

    List<Link> links() {
        return links;
    }

    ChainFinder causesOf(int effect, int hops) {
        return ChainFinder.toEffect(forward(), backward(), effect, hops);
    }

    ChainFinder effectsOf(int cause, int hops) {
        return ChainFinder.fromCause(forward(), backward(), cause, hops);
    }

    ChainFinder between(int cause, int effect, int hops) {
        return ChainFinder.between(forward(), backward(), cause, effect, hops);
    }

    /// Every chain from one node to another, the strongest first, of equals the shorter.
    List<Chain> all(int cause, int effect, int hops) {
        List<Chain> found = new ArrayList<>();
        tryAll(cause, effect, hops, new ArrayList<>(), new HashSet<>(Set.of(cause)), found);
        found.sort(
                Comparator.comparingDouble(Chain::strength)
                        .reversed()
                        .thenComparingInt(chain -> chain.links().size()));
        return found;
    }

    private void tryAll(
            int at, int effect, int hops, List<Integer> way, Set<Integer> seen, List<Chain> found) {
        if (at == effect) {
            if (!way.isEmpty()) {
                found.add(new Chain(product(way), way));
            }
            return;
        }
        for (int number = 0; number < links.size() && way.size() < hops; number++) {
            var link = links.get(number);
            if (link.cause == at && !seen.contains(link.effect)) {
                way.add(number);
                seen.add(link.effect);
                if (isInTime(way)) {
                    tryAll(link.effect, effect, hops, way, seen, found);
                }
                way.removeLast();
                seen.remove(link.effect);
            }
        }
    }

    /// Whether nothing on it began before what comes earlier.
    private boolean isInTime(List<Integer> way) {
        List<Long> moments = new ArrayList<>();
        if (begins.containsKey(links.get(way.getFirst()).cause)) {
            moments.add(begins.get(links.get(way.getFirst()).cause));
        }
        for (int number : way) {
            if (begins.containsKey(links.get(number).effect)) {
                moments.add(begins.get(links.get(number).effect));
            }
        }
        return moments.equals(moments.stream().sorted().toList());
    }

    double product(List<Integer> way) {
        return way.stream()
                .mapToDouble(one -> links.get(one).strength())
                .reduce(1, (a, b) -> a * b);
    }

    /// How likely a chain is whole, by trying every case of open and shut mechanisms.
    double probability(int cause, int effect, int hops) {
        record Key(int cause, int effect, int mechanism) {}
        var chains = all(cause, effect, hops);
        Map<Key, Double> chances = new LinkedHashMap<>();
        for (var link : links) {
            chances.merge(new Key(link.cause, link.effect, link.mechanism), link.chance, Math::max);
        }
        var keys = List.copyOf(chances.keySet());
        double sum = 0;
        for (int open = 0; open < 1 << keys.size(); open++) {
            double chance = 1;
            for (int key = 0; key < keys.size(); key++) {
                double one = chances.getOrDefault(keys.get(key), 0.0);
                chance *= (open >> key & 1) == 1 ? one : 1 - one;
            }
            int opened = open;
            boolean whole =
                    chance > 0
                            && chains.stream()
                                    .anyMatch(chain ->
                                            chain.links().stream()
                                                    .map(links::get)
                                                    .mapToInt(link ->
                                                            keys.indexOf(
                                                                    new Key(
                                                                            link.cause,
                                                                            link.effect,
                                                                            link.mechanism)))
                                                    .allMatch(key -> (opened >> key & 1) == 1));
            sum += whole ? chance : 0;
        }
        return sum;
    }

    private CausalLinks forward() {
        return new Way(true);
    }

    private CausalLinks backward() {
        return new Way(false);
    }

    private final class Way implements CausalLinks {
        private final boolean forward;

        Way(boolean forward) {
            this.forward = forward;
        }

        @Override
        public int from(int node, Visitor visitor) {
            for (int number = 0; number < links.size(); number++) {
                var link = links.get(number);
                if ((forward ? link.cause : link.effect) == node) {
                    visitor.link(number, forward ? link.effect : link.cause);
                }
            }
            return links.size();
        }

        @Override
        public long begins(int node) {
            var moment = begins.get(node);
            return moment == null ? UNKNOWN : forward ? moment : -moment;
        }

        @Override
        public double strength(int link) {
            return links.get(link).strength();
        }

        @Override
        public double chance(int link) {
            return links.get(link).chance;
        }

        @Override
        public int mechanism(int link) {
            return links.get(link).mechanism;
        }

        @Override
        public long seed(int link) {
            return Arrays.hashCode(new int[] {link, 17});
        }

        @Override
        public int compare(int link, int other) {
            return Integer.compare(link, other);
        }
    }
}
