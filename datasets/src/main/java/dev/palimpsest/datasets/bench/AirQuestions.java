package dev.palimpsest.datasets.bench;

import ch.hsr.geohash.GeoHash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.airroutes.AirNetwork;
import dev.palimpsest.datasets.airroutes.AirRoutes.Airport;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Grouping;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Asks a store about airports, and compares what it says with what looking at all of them gives.
///
/// Sets are compared twice: their members, if an answer may have so many, and how many of them lie
/// in each of the finest cells, whatever their number.
final class AirQuestions {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CELL = Grouping.Cell.FINEST;

    /// Distances in the index and on the sphere differ by less.
    private static final double KILOMETRE_SLACK = 0.002;

    private final Exchange exchange;
    private final String space;
    private final AirNetwork network;
    private final List<String> differences = new ArrayList<>();
    private final Durations wall = new Durations();

    AirQuestions(Exchange exchange, String space, AirNetwork network) {
        this.exchange = exchange;
        this.space = space;
        this.network = network;
    }

    List<String> differences() {
        return differences;
    }

    /// How long each question took, counts left out.
    Durations wall() {
        return wall;
    }

    void askWithin(Airport start, int hops) throws IOException {
        var where = JSON.createObjectNode();
        where.putObject("hops").put("from", start.code()).put("hops", hops);
        compareSets(
                "within " + hops + " hops of " + start.code(), where, network.within(start, hops));
    }

    void askWithin(GeoPoint centre, double kilometres) throws IOException {
        var where = JSON.createObjectNode();
        where.putObject("within")
                .put("lat", centre.latitude())
                .put("lon", centre.longitude())
                .put("km", kilometres);
        compareSets(
                "within " + kilometres + " km of " + centre,
                where,
                network.within(new Region.Circle(centre, kilometres)));
    }

    void askNearest(GeoPoint point, int count) throws IOException {
        var question = airports();
        question.put("limit", count);
        question.putObject("where")
                .putObject("around")
                .put("lat", point.latitude())
                .put("lon", point.longitude())
                .put("halfKm", 500);
        var expected = network.nearest(point, count);
        var hits = ask(question).path("hits");
        var found = new ArrayList<Double>();
        for (var hit : hits) {
            var place = hit.path("entity").path("place");
            found.add(
                    new GeoPoint(place.path("lat").asDouble(), place.path("lon").asDouble())
                            .kilometresTo(point));
        }
        boolean same = found.size() == expected.size();
        for (int i = 0; same && i < found.size(); i++) {
            double apart = found.get(i) - expected.get(i).place().kilometresTo(point);
            same = Math.abs(apart) < KILOMETRE_SLACK;
        }
        if (!same) {
            differences.add("nearest " + point + ": " + ids(hits) + ", not " + codes(expected));
        }
    }

    private void compareSets(String words, ObjectNode where, Set<Airport> expected)
            throws IOException {
        var question = airports();
        question.set("where", where);
        question.put("limit", Question.MOST_HITS);
        var hits = ask(question).path("hits");
        if (expected.size() <= Question.MOST_HITS && !ids(hits).equals(codes(expected))) {
            differences.add(words + ": " + ids(hits) + ", not " + codes(expected));
        }
        question.remove("limit");
        question.put("by", "cell").put("precision", CELL).put("groups", Count.MOST_GROUPS);
        var counted = post("/count", question);
        if (counted.path("total").asInt() != expected.size()
                || !cells(counted.path("groups")).equals(cells(expected))) {
            differences.add(
                    words
                            + ": counted "
                            + counted.path("total")
                            + ", not "
                            + expected.size()
                            + ", or in other cells");
        }
    }

    private static ObjectNode airports() {
        var question = JSON.createObjectNode();
        question.putArray("kinds").add("entity");
        question.putObject("what").putArray("types").add("Airport");
        return question;
    }

    private JsonNode ask(ObjectNode question) throws IOException {
        long begin = System.nanoTime();
        var answer = post("/retrieve", question);
        wall.add(System.nanoTime() - begin);
        return answer;
    }

    private JsonNode post(String path, JsonNode body) throws IOException {
        var reply = exchange.post(space + path, body.toString().getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
            throw Failure.asked(
                    path + " was answered with " + reply.status() + ": " + reply.body());
        }
        return JSON.readTree(reply.body());
    }

    private static Set<String> ids(JsonNode hits) {
        var ids = new TreeSet<String>();
        hits.forEach(hit -> ids.add(hit.path("id").asText()));
        return ids;
    }

    private static Set<String> codes(Collection<Airport> airports) {
        return airports.stream().map(Airport::code).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Long> cells(JsonNode groups) {
        var cells = new TreeMap<String, Long>();
        groups.forEach(one -> cells.put(one.path("key").asText(), one.path("count").asLong()));
        return cells;
    }

    private static Map<String, Long> cells(Set<Airport> airports) {
        var cells = new TreeMap<String, Long>();
        for (var airport : airports) {
            var cell =
                    GeoHash.geoHashStringWithCharacterPrecision(
                            airport.place().latitude(), airport.place().longitude(), CELL);
            cells.merge(cell, 1L, Long::sum);
        }
        return cells;
    }
}
