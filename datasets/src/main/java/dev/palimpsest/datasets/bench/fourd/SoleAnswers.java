package dev.palimpsest.datasets.bench.fourd;

import dev.palimpsest.datasets.earthquakes.EarthquakeCatalogue;
import dev.palimpsest.datasets.earthquakes.NearestNeighbourRule;
import dev.palimpsest.datasets.earthquakes.SeismicEvent;
import dev.palimpsest.question.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the questions: of every event that hangs together with another the clues are drawn a few
/// times, and the draw is taken that most of its clues are needed for. Whether clues single an
/// event out is counted over the whole catalogue by the clues' own rule; no store is asked.
public final class SoleAnswers {

    /// The dimensions every question has a clue of.
    public static final List<Dimension> DIMENSIONS =
            List.of(Dimension.WHAT, Dimension.WHERE, Dimension.WHEN, Dimension.WHY);

    private static final int DRAWS = 30;

    /// A question that fewer clues already answer asks nothing of four.
    private static final int LEAST_NEEDED = 2;

    private final List<SeismicEvent> events;
    private final Map<String, SeismicEvent> byId;
    private final ClueMaker clues;
    private final Random random;

    private SoleAnswers(List<SeismicEvent> events, long seed) {
        this.events = events;
        this.byId =
                events.stream().collect(Collectors.toMap(SeismicEvent::id, Function.identity()));
        this.random = new Random(seed);
        this.clues =
                new ClueMaker(
                        events,
                        new TriggerFamilies(NearestNeighbourRule.links(events)),
                        this.random);
    }

    /// At most so many, each of another event of the week; the same for the same seed.
    public static List<SoleAnswer> ofTheWeek(int most, long seed) {
        return new SoleAnswers(EarthquakeCatalogue.events(), seed).make(most);
    }

    private List<SoleAnswer> make(int most) {
        var shuffled = new ArrayList<>(events);
        shuffled.sort(Comparator.comparing(SeismicEvent::id));
        Collections.shuffle(shuffled, random);
        return shuffled.stream().flatMap(event -> best(event).stream()).limit(most).toList();
    }

    private Optional<SoleAnswer> best(SeismicEvent event) {
        return Stream.generate(() -> clues.cluesOf(event))
                .limit(DRAWS)
                .flatMap(Optional::stream)
                .filter(drawn -> fitting(drawn, Set.of()) == 1)
                .map(drawn -> new SoleAnswer(event.id(), drawn, needed(drawn)))
                .filter(question -> question.needed().size() >= LEAST_NEEDED)
                .max(Comparator.comparingInt(question -> question.needed().size()));
    }

    private Set<Dimension> needed(List<Clue> drawn) {
        var needed = EnumSet.noneOf(Dimension.class);
        for (var dimension : DIMENSIONS) {
            if (fitting(drawn, Set.of(dimension)) > 1) {
                needed.add(dimension);
            }
        }
        return needed;
    }

    /// How many events fit all clues but those left out.
    private long fitting(List<Clue> drawn, Set<Dimension> leftOut) {
        var asked = drawn.stream().filter(clue -> !leftOut.contains(clue.dimension())).toList();
        return shortestListed(asked)
                .filter(event -> asked.stream().allMatch(clue -> clue.fits(event)))
                .count();
    }

    /// The fewest events one of the clues lists; all, if none lists them.
    private Stream<SeismicEvent> shortestListed(List<Clue> asked) {
        return asked.stream()
                .flatMap(clue -> clue.listed().stream())
                .min(Comparator.comparingInt(Set::size))
                .map(ids -> ids.stream().flatMap(id -> Stream.ofNullable(byId.get(id))))
                .orElseGet(events::stream);
    }
}
