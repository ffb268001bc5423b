package dev.palimpsest.datasets.bench;

import static dev.palimpsest.datasets.bench.Figures.milliseconds;
import static dev.palimpsest.datasets.bench.Figures.seconds;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.airroutes.AirNetwork;
import dev.palimpsest.datasets.airroutes.AirRoutes;
import dev.palimpsest.datasets.airroutes.AirRoutes.Airport;
import dev.palimpsest.datasets.airroutes.AirRoutes.Route;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.space.GeoPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Checks distances and walks on real airports.
@Command(
        name = "air-routes",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Check distances and walks on the air-routes data set, which is not part of the program:"
                    + " nodes.csv and edges.csv of krlawrence/graph.",
            "",
            "First each route's length by the great circle against the length it is said to have;"
                    + " then, loaded into a store, who is within so many hops or kilometres, and"
                    + " what is nearest, against looking at all airports."
        })
final class BenchAirRoutes implements Callable<Integer> {

    private static final SpaceId SPACE = new SpaceId("air-routes");
    private static final String PATH = "/v1/spaces/" + SPACE.value();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SINCE = "2000-01-01T00:00:00Z";
    private static final int MOST_QUESTIONS = 100_000;
    private static final int MOST_HOPS = 4;
    private static final int NEAREST = 10;

    @Option(
            names = "--folder",
            required = true,
            paramLabel = "FOLDER",
            description = "Where nodes.csv and edges.csv lie.")
    Path folder = Path.of("");

    @Option(
            names = "--questions",
            paramLabel = "N",
            description = "How many of each of the three kinds; usually ${DEFAULT-VALUE}.")
    int questions = 200;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What the questions are drawn by; usually ${DEFAULT-VALUE}.")
    long seed = 1;

    @Mixin BenchStore.Flags flags = new BenchStore.Flags();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (questions < 0 || questions > MOST_QUESTIONS) {
            throw Failure.untried("--questions lies between 0 and " + MOST_QUESTIONS);
        }
        var routes = read();
        printDistances(routes.routes());
        if (questions == 0) {
            return 0;
        }
        try (var store = flags.open()) {
            Circumstances.lines(spec, store.folder()).forEach(System.out::println);
            load(store, routes);
            try (var exchange = new Exchange(store.url())) {
                return ask(exchange, routes) ? 0 : Failure.ASKED;
            }
        }
    }

    private AirRoutes read() {
        try {
            return AirRoutes.read(folder);
        } catch (IOException e) {
            throw Failure.untried("cannot read air-routes in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void printDistances(List<Route> routes) {
        var wrong = routes.stream().filter(route -> !route.agrees()).toList();
        System.out.printf(
                ROOT,
                "lengths  %,d of %,d routes (%.3f %%) are within 1 %% or 1.5 miles of the great"
                        + " circle; these %d are not:%n",
                routes.size() - wrong.size(),
                routes.size(),
                100.0 * (routes.size() - wrong.size()) / routes.size(),
                wrong.size());
        for (var route : wrong) {
            System.out.printf(
                    ROOT,
                    "         route %s, %s to %s: said to be %,.0f miles, measured %,.1f%n",
                    route.id(),
                    route.from().code(),
                    route.to().code(),
                    route.miles(),
                    route.measured());
        }
    }

    private static void load(BenchStore store, AirRoutes routes)
            throws IOException, InterruptedException {
        if (store.doors().ledger().space(SPACE).isPresent()) {
            return;
        }
        long begin = System.nanoTime();
        store.doors().writes().makeSpace(new Space(SPACE, false));
        try (var exchange = new Exchange(store.url())) {
            write(exchange, "/entities", routes.airports(), BenchAirRoutes::entity);
            write(exchange, "/facts", routes.routes(), BenchAirRoutes::fact);
        }
        store.requireCaughtUp("vectors");
        System.out.printf(
                ROOT,
                "loaded   %,d airports and %,d routes; searchable after %.1f s%n",
                routes.airports().size(),
                routes.routes().size(),
                seconds(Duration.ofNanos(System.nanoTime() - begin)));
    }

    private static <T> void write(
            Exchange exchange, String path, List<T> all, Function<T, JsonNode> json)
            throws IOException {
        for (int from = 0; from < all.size(); from += WriteRequest.MOST_ITEMS) {
            ArrayNode items = JSON.createArrayNode();
            int to = Math.min(from + WriteRequest.MOST_ITEMS, all.size());
            all.subList(from, to).forEach(one -> items.add(json.apply(one)));
            var body = items.toString().getBytes(StandardCharsets.UTF_8);
            var reply = exchange.post(PATH + path + "?wait=durable", body);
            if (reply.status() != 200) {
                throw Failure.asked(
                        path + " was answered with " + reply.status() + ": " + reply.body());
            }
        }
    }

    private static JsonNode entity(Airport airport) {
        var entity =
                JSON.createObjectNode()
                        .put("id", airport.code())
                        .put("type", "Airport")
                        .put("name", airport.name())
                        .put("source", SPACE.value());
        entity.putObject("place")
                .put("lat", airport.place().latitude())
                .put("lon", airport.place().longitude());
        return entity;
    }

    private static JsonNode fact(Route route) {
        var fact =
                JSON.createObjectNode()
                        .put("subject", route.from().code())
                        .put("predicate", "routeTo")
                        .put("source", SPACE.value());
        fact.putObject("object").put("entity", route.to().code());
        fact.putObject("valid").put("from", SINCE);
        return fact;
    }

    /// @return whether all answers are equal
    private boolean ask(Exchange exchange, AirRoutes routes) throws IOException {
        var network = new AirNetwork(routes);
        var random = new Random(seed);
        var hops = new AirQuestions(exchange, PATH, network);
        var distances = new AirQuestions(exchange, PATH, network);
        var nearest = new AirQuestions(exchange, PATH, network);
        for (int i = 0; i < questions; i++) {
            hops.askWithin(any(routes, random), 1 + random.nextInt(MOST_HOPS));
            distances.askWithin(point(routes, random), Math.pow(10, 1 + 3.3 * random.nextDouble()));
            nearest.askNearest(point(routes, random), NEAREST);
        }
        print("hops", hops);
        print("within", distances);
        print("nearest", nearest);
        return Stream.of(hops, distances, nearest).allMatch(one -> one.differences().isEmpty());
    }

    /// Half of them airports, half anywhere on the sphere, poles and antimeridian among them.
    private static GeoPoint point(AirRoutes routes, Random random) {
        if (random.nextBoolean()) {
            return any(routes, random).place();
        }
        double latitude = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
        return new GeoPoint(
                random.nextInt(20) == 0 ? 90 * Math.signum(latitude) : latitude,
                random.nextInt(10) == 0 ? 180 : 360 * random.nextDouble() - 180);
    }

    private static Airport any(AirRoutes routes, Random random) {
        return routes.airports().get(random.nextInt(routes.airports().size()));
    }

    private static void print(String name, AirQuestions asked) {
        System.out.printf(
                ROOT,
                "%-8s %,d questions, wall mean %.2f ms, p99 %.2f ms; differences: %d%n",
                name,
                asked.wall().count(),
                milliseconds(asked.wall().mean()),
                milliseconds(asked.wall().percentile(.99)),
                asked.differences().size());
        asked.differences().forEach(one -> System.out.println("         " + one));
    }
}
