package dev.palimpsest.datasets.bench.fourd;

import dev.palimpsest.datasets.earthquakes.SeismicEvent;
import dev.palimpsest.space.GeoPoint;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An event in coarse words, made from its numbers. Numbers are spelled out and its own name and
/// place string give nothing to them, so that none of its own words can be found by them.
///
/// @param magnitude to the next whole number
/// @param depth its class
/// @param region part of the world, from the coordinates
record CoarseWords(String kind, int magnitude, Depth depth, String region) {

    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private static final List<String> SIZES =
            List.of(
                    "tiny",
                    "very small",
                    "small",
                    "minor",
                    "light",
                    "moderate",
                    "strong",
                    "major",
                    "great",
                    "great");

    /// Words that tell no event from another.
    private static final Set<String> EMPTY_WORDS =
            Set.of("a", "about", "at", "below", "of", "the", "under", "in", "and");

    /// A class of depth, in kilometres.
    record Depth(double from, double until, String words) {}

    private static final List<Depth> DEPTHS =
            List.of(
                    new Depth(0, 5, "just below the surface"),
                    new Depth(5, 15, "about ten kilometres deep"),
                    new Depth(15, 40, "some thirty kilometres deep"),
                    new Depth(40, 100, "between forty and a hundred kilometres deep"),
                    new Depth(100, 700, "very deep down"));

    private record Part(double south, double west, double north, double east, String words) {

        boolean holds(GeoPoint point) {
            return point.latitude() >= south
                    && point.latitude() < north
                    && point.longitude() >= west
                    && point.longitude() < east;
        }
    }

    /// The first that holds a point names it.
    private static final List<Part> WORLD =
            List.of(
                    new Part(50, -180, 72, -130, "the far northwest of America"),
                    new Part(18, -161, 23, -154, "islands amid the Pacific"),
                    new Part(10, -75, 22, -58, "the Caribbean"),
                    new Part(30, -130, 50, -116, "the western coast of America"),
                    new Part(30, -116, 50, -102, "the mountains of western America"),
                    new Part(24, -102, 50, -60, "the plains and the east of America"),
                    new Part(5, -120, 30, -75, "Middle America"),
                    new Part(-60, -90, 5, -30, "the Andes"),
                    new Part(-50, 90, 30, 130, "southeast Asia and its seas"),
                    new Part(30, 125, 60, 180, "the northwest Pacific"),
                    new Part(-60, 130, 30, 180, "the southwest Pacific"),
                    new Part(-60, -180, 0, -150, "the southwest Pacific"),
                    new Part(25, 40, 60, 100, "inner Asia"));

    private static final String ELSEWHERE = "another part of the world";

    static CoarseWords of(SeismicEvent event) {
        return new CoarseWords(
                event.kind(),
                (int) Math.max(0, Math.round(event.magnitude())),
                DEPTHS.stream()
                        .filter(depth -> event.depthKilometres() < depth.until())
                        .findFirst()
                        .orElse(DEPTHS.getLast()),
                WORLD.stream()
                        .filter(part -> part.holds(event.epicentre()))
                        .map(Part::words)
                        .findFirst()
                        .orElse(ELSEWHERE));
    }

    /// Magnitude and depth as coarse as the words have them.
    List<Clue.Amount> amounts() {
        return List.of(
                Clue.Amount.ofClass("magnitude", magnitude - 0.5, magnitude + 0.5),
                Clue.Amount.ofClass("depthKm", depth.from(), depth.until()));
    }

    /// In a sentence, such as `a small earthquake of about magnitude two, just below the surface,
    /// in the Caribbean`.
    String sentence() {
        return "a "
                + SIZES.get(magnitude)
                + " "
                + kind
                + " of about magnitude "
                + NUMBERS.get(magnitude)
                + ", "
                + depth.words()
                + ", in "
                + region;
    }

    /// Whether a word of the sentence that could tell events apart is in what the catalogue calls
    /// that event, or its place.
    boolean givesAway(SeismicEvent event) {
        var said = words(sentence());
        said.removeAll(EMPTY_WORDS);
        return words("M " + event.magnitude() + " " + event.region()).stream()
                .anyMatch(said::contains);
    }

    private static Set<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .flatMap(word -> Arrays.stream(word.split("(?<=\\d)(?=\\p{L})")))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
