package dev.palimpsest.belief;

import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rule of belief: each moment of valid time belongs to the claim covering it that was said
/// last.
///
/// Of a functional predicate one claim holds each moment; of a multi-valued one each object is
/// settled by itself. Adjacent equal beliefs are one.
///
/// A claim whose end is unknown is over, at the latest, when a claim said later begins or already
/// holds: it does not come back afterwards.
public final class LastSaid {

    private static final Comparator<Claim> LAST_FIRST =
            Comparator.comparing(Claim::said)
                    .reversed()
                    .thenComparing(claim -> claim.object().kind())
                    .thenComparing(claim -> claim.object().canonical())
                    .thenComparingLong(claim -> claim.valid().fromMicros())
                    .thenComparingLong(claim -> claim.valid().untilMicros())
                    .thenComparing(claim -> claim.qualifiers().toString());

    private LastSaid() {}

    /// What is believed, given all claims about one subject and predicate; ordered by object where
    /// multi-valued, and by valid time.
    public static List<Belief> of(boolean functional, List<Claim> claims) {
        if (functional) {
            return settle(claims);
        }
        Map<Value, List<Claim>> byObject = new LinkedHashMap<>();
        for (var claim : claims) {
            byObject.computeIfAbsent(claim.object(), _ -> new ArrayList<>()).add(claim);
        }
        return byObject.values().stream().flatMap(same -> settle(same).stream()).toList();
    }

    private static List<Belief> settle(List<Claim> claims) {
        var starting = new TreeMap<Long, List<Claim>>();
        var ending = new TreeMap<Long, List<Claim>>();
        var bounds = new TreeSet<Long>();
        for (var claim : claims) {
            at(starting, claim.valid().fromMicros()).add(claim);
            at(ending, claim.valid().untilMicros()).add(claim);
            bounds.add(claim.valid().fromMicros());
            bounds.add(claim.valid().untilMicros());
        }
        bounds.remove(Moments.OPEN);

        var pieces = new Pieces();
        var active = new TreeSet<>(LAST_FIRST);
        for (long bound : bounds) {
            active.removeAll(ending.getOrDefault(bound, List.of()));
            active.addAll(starting.getOrDefault(bound, List.of()));
            var holder = active.isEmpty() ? Optional.<Claim>empty() : Optional.of(active.first());
            holder.ifPresent(last ->
                    active.removeIf(claim -> !claim.equals(last) && endsUnknown(claim.valid())));
            pieces.holds(holder, bound);
        }
        return pieces.finish();
    }

    private static List<Claim> at(Map<Long, List<Claim>> bounds, long bound) {
        return bounds.computeIfAbsent(bound, _ -> new ArrayList<>());
    }

    private static boolean endsUnknown(Interval valid) {
        return valid.end() instanceof Interval.End.Unknown;
    }

    /// Beliefs in the making, from left to right.
    private static final class Pieces {
        private final List<Belief> done = new ArrayList<>();
        private Optional<Claim> holder = Optional.empty();
        private long since;

        void holds(Optional<Claim> next, long bound) {
            if (next.equals(holder)) {
                return;
            }
            holder.ifPresent(claim -> add(claim, bound));
            holder = next;
            since = bound;
        }

        List<Belief> finish() {
            holder.ifPresent(claim -> add(claim, Moments.OPEN));
            return List.copyOf(done);
        }

        private void add(Claim claim, long until) {
            var piece = Cut.between(claim.valid(), since, until);
            var last = done.isEmpty() ? null : done.getLast();
            if (last != null
                    && last.valid().end() instanceof Interval.End.At
                    && last.valid().untilMicros() == since
                    && last.object().equals(claim.object())
                    && last.qualifiers().equals(claim.qualifiers())) {
                done.removeLast();
                piece = new Interval(last.valid().from(), piece.end());
            }
            done.add(new Belief(claim.object(), claim.qualifiers(), piece));
        }
    }
}
