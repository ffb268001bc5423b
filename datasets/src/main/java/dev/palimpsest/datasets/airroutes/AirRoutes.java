package dev.palimpsest.datasets.airroutes;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.palimpsest.space.GeoPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The airports and routes of the air-routes data set (krlawrence/graph).
public record AirRoutes(List<Airport> airports, List<Route> routes) {

    private static final double KILOMETRES_OF_A_MILE = 1.609344;

    private static final ObjectReader ROWS =
            new CsvMapper().readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader());

    public AirRoutes {
        airports = List.copyOf(airports);
        routes = List.copyOf(routes);
    }

    public record Airport(String code, String name, GeoPoint place) {}

    /// @param miles as the data set has it
    public record Route(String id, Airport from, Airport to, double miles) {

        /// Nearer than a hundredth or a mile and a half, one way of measuring is as good as
        /// another.
        private static final double SHARE = 0.01;

        private static final double MILES = 1.5;

        /// As the great circle has it.
        public double measured() {
            return from.place().kilometresTo(to.place()) / KILOMETRES_OF_A_MILE;
        }

        public boolean agrees() {
            return Math.abs(measured() - miles) <= Math.max(SHARE * miles, MILES);
        }
    }

    /// Reads `nodes.csv` and `edges.csv`.
    ///
    /// @throws IOException if they cannot be read, or are something else
    public static AirRoutes read(Path folder) throws IOException {
        Map<String, Airport> airports = new HashMap<>();
        var inOrder = new ArrayList<Airport>();
        for (var row : rows(folder.resolve("nodes.csv"))) {
            if (value(row, "~label").equals("airport")) {
                var place = new GeoPoint(number(row, "lat:double"), number(row, "lon:double"));
                var airport =
                        new Airport(value(row, "code:string"), value(row, "desc:string"), place);
                airports.put(value(row, "~id"), airport);
                inOrder.add(airport);
            }
        }
        var routes = new ArrayList<Route>();
        for (var row : rows(folder.resolve("edges.csv"))) {
            if (value(row, "~label").equals("route")) {
                routes.add(
                        new Route(
                                value(row, "~id"),
                                airport(airports, value(row, "~from")),
                                airport(airports, value(row, "~to")),
                                number(row, "dist:int")));
            }
        }
        return new AirRoutes(inOrder, routes);
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        try (MappingIterator<Map<String, String>> rows = ROWS.readValues(file.toFile())) {
            return rows.readAll();
        }
    }

    private static String value(Map<String, String> row, String column) throws IOException {
        var value = row.get(column);
        if (value == null) {
            throw new IOException("a row has no column " + column + ": " + row);
        }
        return value;
    }

    private static double number(Map<String, String> row, String column) throws IOException {
        try {
            return Double.parseDouble(value(row, column));
        } catch (NumberFormatException e) {
            throw new IOException(column + " is no number: " + row, e);
        }
    }

    private static Airport airport(Map<String, Airport> airports, String id) throws IOException {
        var airport = airports.get(id);
        if (airport == null) {
            throw new IOException("a route names an airport that is not there: " + id);
        }
        return airport;
    }
}
