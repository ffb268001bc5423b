package dev.palimpsest.datasets.peers;

import dev.palimpsest.datasets.peers.Peer.Found;
import dev.palimpsest.datasets.peers.PeerQuestion.Chain;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// What passes, found by looking at every row: the judge of all stores.
///
/// In a made world every entity has a place, and every memory one of its own; this knows no more of
/// `where` than that.
final class PlainReading {

    /// So near to a circle either may be answered: Palimpsest's indexes keep places by the
    /// centimetre and promise no more.
    static final double BORDER_KM = .000_5;

    private final List<PeerRow> rows = new ArrayList<>();
    private final Map<Long, List<PeerRow>> places = new HashMap<>();
    private final Map<Long, List<PeerRow>> profiles = new HashMap<>();
    private final Map<UUID, String> names = new HashMap<>();
    private final List<PeerRow> causes = new ArrayList<>();

    void add(List<PeerRow> batch) {
        for (var row : batch) {
            var bare = row.bare();
            rows.add(bare);
            names.put(bare.id(), bare.name());
            if (bare.isPlaceFact()) {
                places.computeIfAbsent(bare.subject(), _ -> new ArrayList<>(1)).add(bare);
            }
            if (bare.kind() == Kind.ENTITY) {
                profiles.computeIfAbsent(bare.subject(), _ -> new ArrayList<>(1)).add(bare);
            }
            if (bare.strength().isPresent()) {
                causes.add(bare);
            }
        }
    }

    /// Kinds and names of the best ten of what was found, as an answer of Palimpsest has them: a
    /// fact whose subject was found before it folds under that.
    List<String> topTen(List<Found> found) {
        var top = new ArrayList<String>();
        Set<Long> entities = new HashSet<>();
        for (var one : found) {
            if (top.size() == Question.USUAL_HITS) {
                break;
            }
            boolean folds = one.kind() == Kind.FACT && entities.contains(one.subject());
            if (!folds) {
                top.add(one.kind().word() + " " + names.get(one.id()));
            }
            if (one.kind() == Kind.ENTITY) {
                entities.add(one.subject());
            }
        }
        return top;
    }

    int size() {
        return rows.size();
    }

    /// Everything that passes.
    ///
    /// @param atBorder rows, in and out, so near to the circle that either may be answered
    record Passing(Map<UUID, PeerRow> all, Map<UUID, PeerRow> atBorder) {

        boolean isAtBorder(UUID row) {
            return atBorder.containsKey(row);
        }

        /// What should have been found and was not, or was and should not.
        List<UUID> differing(Set<UUID> found) {
            return Stream.concat(
                            found.stream().filter(id -> !all.containsKey(id)),
                            all.keySet().stream().filter(id -> !found.contains(id)))
                    .filter(id -> !isAtBorder(id))
                    .toList();
        }
    }

    Passing of(PeerQuestion question) {
        Map<UUID, PeerRow> all = new LinkedHashMap<>();
        Map<UUID, PeerRow> atBorder = new HashMap<>();
        var onChain = question.chain().map(chain -> new OnChain(question, chain));
        for (var row : rows) {
            boolean otherwise =
                    isVisible(row, question)
                            && isInTime(row, question)
                            && onChain.map(chain -> chain.has(row)).orElse(true);
            if (!otherwise) {
                continue;
            }
            var away = away(row, question);
            if (away.isPresent()) {
                double beyond = away.getAsDouble() - question.kilometres();
                if (Math.abs(beyond) < BORDER_KM) {
                    atBorder.put(row.id(), row);
                }
                if (beyond <= 0) {
                    all.put(row.id(), row);
                }
            }
        }
        return new Passing(all, atBorder);
    }

    private static boolean isVisible(PeerRow row, PeerQuestion question) {
        return row.recordedFrom() <= question.knownAt() && question.knownAt() < row.recordedUntil();
    }

    private static boolean isInTime(PeerRow row, PeerQuestion question) {
        return question.during()
                .map(asked ->
                        asked.fromMicros() <= row.validFrom()
                                && row.validUntil() <= asked.untilMicros())
                .orElse(true);
    }

    private OptionalDouble away(PeerRow row, PeerQuestion question) {
        if (row.kind() == Kind.MEMORY) {
            return row.point().stream().mapToDouble(question.centre()::kilometresTo).findFirst();
        }
        return places.getOrDefault(row.subject(), List.of()).stream()
                .filter(place -> isVisible(place, question) && counts(place, question))
                .flatMap(place -> place.point().stream())
                .mapToDouble((GeoPoint point) -> question.centre().kilometresTo(point))
                .min();
    }

    /// Whether something is where a place fact says at the time the question is about.
    private static boolean counts(PeerRow place, PeerQuestion question) {
        return question.during()
                .map(asked ->
                        place.validFrom() < asked.untilMicros()
                                && asked.fromMicros() < place.validUntil())
                .orElseGet(() ->
                        place.validFrom() <= question.reference()
                                && question.reference() < place.validUntil());
    }

    /// What lies on the chains a question asks for, found by trying every chain.
    private final class OnChain {

        private final PeerQuestion question;
        private final Chain chain;
        private final Set<Long> entities = new HashSet<>();
        private final Set<UUID> facts = new HashSet<>();

        OnChain(PeerQuestion question, Chain chain) {
            this.question = question;
            this.chain = chain;
            walk(new ArrayList<>(List.of(chain.start())));
        }

        private void walk(List<Long> way) {
            if (way.size() > chain.hops()) {
                return;
            }
            long end = way.getLast();
            for (var cause : causes) {
                long from = chain.forwards() ? cause.subject() : cause.object().orElseThrow();
                long to = chain.forwards() ? cause.object().orElseThrow() : cause.subject();
                if (from == end
                        && isVisible(cause, question)
                        && !way.contains(to)
                        && (chain.forwards()
                                ? begins(end) <= begins(to)
                                : begins(to) <= begins(end))) {
                    entities.add(to);
                    facts.add(cause.id());
                    way.add(to);
                    walk(way);
                    way.removeLast();
                }
            }
        }

        private long begins(long entity) {
            return profiles.getOrDefault(entity, List.of()).stream()
                    .filter(profile -> isVisible(profile, question))
                    .mapToLong(PeerRow::validFrom)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("not yet known: " + entity));
        }

        boolean has(PeerRow row) {
            return switch (row.kind()) {
                case ENTITY -> entities.contains(row.subject());
                case FACT -> facts.contains(row.id());
                case MEMORY -> row.mentions().stream().anyMatch(entities::contains);
            };
        }
    }
}
