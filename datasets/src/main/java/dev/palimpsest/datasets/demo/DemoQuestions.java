package dev.palimpsest.datasets.demo;

import static dev.palimpsest.datasets.demo.DemoQuestion.exactly;
import static dev.palimpsest.datasets.demo.DemoQuestion.first;
import static dev.palimpsest.datasets.demo.DemoQuestion.with;
import static dev.palimpsest.datasets.demo.DemoQuestion.without;

import java.util.List;

/// What a seismologist would ask of the first week of February 2018. What is right was computed
/// from the catalogue alone.
public final class DemoQuestions {

    public static final List<DemoQuestion> ALL =
            List.of(
                    new DemoQuestion(
                            "What, where, when and why at once: which strong quakes within 80 km of"
                                    + " Hualian, from 3 to 6 February, led to the M 6.4?",
                            """
                            {"what":  {"text": "strong earthquake near the coast of Taiwan", "types": ["Earthquake"]},
                             "where": {"within": {"lat": 24.1, "lon": 121.7, "km": 80}},
                             "when":  {"during": {"from": "2018-02-03T00:00:00Z", "until": "2018-02-07T00:00:00Z"}},
                             "why":   {"causesOf": "us1000chhc", "hops": 3},
                             "kinds": ["entity"]}\
                            """,
                            3,
                            exactly("us1000cffx", "us1000cfmu", "us1000cfn6")),
                    new DemoQuestion(
                            "What was known at 01:00 UTC on 7 February of an M 6.4 near Hualian since"
                                    + " the 4th?",
                            nearHualianKnownAt("2018-02-07T01:00:00Z"),
                            3,
                            without(14, "us1000chhc")),
                    new DemoQuestion(
                            "And an hour later, at 02:00? It became known at 01:31.",
                            nearHualianKnownAt("2018-02-07T02:00:00Z"),
                            3,
                            first(19, "us1000chhc")),
                    new DemoQuestion(
                            "What did the M 6.1 of 4 February set off, link by link?",
                            """
                            {"why":   {"effectsOf": "us1000cfn6", "hops": 6},
                             "kinds": ["entity"], "limit": 50}\
                            """,
                            4,
                            with(17, "us1000chhc")),
                    new DemoQuestion(
                            "What led to the M 6.4, asked at 01:00, before it was known here?",
                            """
                            {"why":   {"causesOf": "us1000chhc", "hops": 3},
                             "when":  {"knownAt": "2018-02-07T01:00:00Z"}}\
                            """,
                            3,
                            DemoQuestion::nothingWithANote),
                    new DemoQuestion(
                            "Which events near Elko, Nevada, were no earthquakes at all?",
                            """
                            {"what":  {"types": ["Explosion", "QuarryBlast"]},
                             "where": {"within": {"lat": 40.83, "lon": -115.76, "km": 200},
                                       "around": {"lat": 40.83, "lon": -115.76, "halfKm": 50}},
                             "kinds": ["entity"]}\
                            """,
                            3,
                            DemoQuestion.some(5)),
                    new DemoQuestion(
                            "In other words than the catalogue's: a deep tremor below the islands"
                                    + " near Fiji?",
                            """
                            {"what":  {"text": "deep tremor below the islands near Fiji", "types": ["Earthquake"]},
                             "where": {"within": {"south": -30, "west": 170, "north": -10, "east": -170}},
                             "kinds": ["entity"], "limit": 5}\
                            """,
                            3,
                            DemoQuestion.firstNamed("Fiji")));

    private DemoQuestions() {}

    private static String nearHualianKnownAt(String moment) {
        return """
        {"what":  {"text": "M 6.4 earthquake near Hualian", "types": ["Earthquake"],
                   "quantities": [{"predicate": "magnitude", "near": 6.4, "half": 0.2}]},
         "where": {"within": {"lat": 24.1, "lon": 121.7, "km": 80}},
         "when":  {"during": {"from": "2018-02-04T00:00:00Z", "until": "2018-02-08T00:00:00Z"},
                   "knownAt": "%s"},
         "kinds": ["entity"], "limit": 50}\
        """
                .formatted(moment);
    }
}
