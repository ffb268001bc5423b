package dev.palimpsest.relational.commit;

import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What remains of a version of a fact when some of those who said it are forgotten: the stretches
/// of valid and recorded time over which others said just the same. Never more than there was, so
/// that the past changes by redaction only. A pure function.
final class Remains {

    private Remains() {}

    /// A part of a version.
    record Piece(Interval valid, Recorded recorded) {}

    /// @param said what is left of the assertions of the same fact, closed ones too
    static List<Piece> of(VersionRow version, List<AssertionRow> said) {
        var supporting = said.stream().filter(assertion -> supports(assertion, version)).toList();
        var cuts = new TreeMap<Long, Stamp>();
        cuts.put(version.recorded().fromPosition(), version.recorded().from());
        for (var assertion : supporting) {
            addCut(cuts, version.recorded(), assertion.recorded().from());
            assertion
                    .recorded()
                    .until()
                    .ifPresent(until -> addCut(cuts, version.recorded(), until));
        }
        List<Piece> done = new ArrayList<>();
        List<Piece> open = List.of();
        for (var from : cuts.values()) {
            var held = validAt(version, supporting, from);
            List<Piece> next = new ArrayList<>();
            for (var piece : open) {
                if (held.remove(piece.valid())) {
                    next.add(piece);
                } else {
                    done.add(new Piece(piece.valid(), piece.recorded().closedAt(from)));
                }
            }
            held.forEach(valid -> next.add(new Piece(valid, Recorded.since(from))));
            open = next;
        }
        for (var piece : open) {
            done.add(new Piece(piece.valid(), closed(piece.recorded(), version.recorded())));
        }
        return done;
    }

    private static Recorded closed(Recorded piece, Recorded version) {
        return version.until().map(piece::closedAt).orElse(piece);
    }

    private static boolean supports(AssertionRow assertion, VersionRow version) {
        return assertion.content().qualifiers().equals(version.qualifiers())
                && assertion.content().valid().overlaps(version.valid())
                && assertion.recorded().fromPosition() < version.recorded().untilPosition()
                && version.recorded().fromPosition() < assertion.recorded().untilPosition();
    }

    private static void addCut(Map<Long, Stamp> cuts, Recorded version, Stamp stamp) {
        if (version.visibleAt(stamp.position())) {
            cuts.put(stamp.position().number(), stamp);
        }
    }

    /// Over what of the version's valid time it was said at a moment of recorded time. An unknown
    /// end says nothing of what comes before it: such a version is said as a whole or not.
    private static List<Interval> validAt(
            VersionRow version, List<AssertionRow> supporting, Stamp at) {
        var valid = version.valid();
        var visible =
                supporting.stream()
                        .filter(assertion -> assertion.recorded().visibleAt(at.position()))
                        .map(assertion -> assertion.content().valid())
                        .sorted(Comparator.comparingLong(Interval::fromMicros))
                        .toList();
        List<Interval> held = new ArrayList<>();
        if (visible.contains(valid)) {
            held.add(valid);
            return held;
        }
        if (endsUnknown(valid)) {
            return held;
        }
        long from = Long.MIN_VALUE;
        long until = Long.MIN_VALUE;
        for (var said : visible) {
            if (endsUnknown(said)) {
                continue;
            }
            long begin = Math.max(said.fromMicros(), valid.fromMicros());
            long end = Math.min(said.untilMicros(), valid.untilMicros());
            if (begin > until) {
                interval(from, until).ifPresent(held::add);
                from = begin;
                until = end;
            } else {
                until = Math.max(until, end);
            }
        }
        interval(from, until).ifPresent(held::add);
        return held;
    }

    private static boolean endsUnknown(Interval valid) {
        return valid.end() instanceof Interval.End.Unknown;
    }

    private static Optional<Interval> interval(long from, long until) {
        return from < until
                ? Optional.of(Interval.ofMicros(from, until, until == Moments.OPEN ? 'O' : 'A'))
                : Optional.empty();
    }
}
