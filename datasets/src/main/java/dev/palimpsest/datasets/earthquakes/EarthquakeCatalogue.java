package dev.palimpsest.datasets.earthquakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/// The catalogue `earthquakes-2018w05`: 1,707 events of one week, newest first, as the file has
/// them.
public final class EarthquakeCatalogue {

    private static final String FILE = "/earthquakes-2018w05/earthquakes.json";

    private EarthquakeCatalogue() {}

    /// The file itself, a GeoJSON FeatureCollection. Close it.
    public static InputStream open() {
        InputStream file = EarthquakeCatalogue.class.getResourceAsStream(FILE);
        if (file == null) {
            throw new IllegalStateException("the build left out " + FILE);
        }
        return file;
    }

    /// Every event of the file.
    public static List<SeismicEvent> events() {
        try (InputStream file = open()) {
            JsonNode features = new ObjectMapper().readTree(file).required("features");
            return StreamSupport.stream(features.spliterator(), false)
                    .map(EarthquakeCatalogue::event)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    private static SeismicEvent event(JsonNode feature) {
        JsonNode properties = feature.required("properties");
        JsonNode coordinates = feature.required("geometry").required("coordinates");
        return new SeismicEvent(
                feature.required("id").textValue(),
                properties.required("type").textValue(),
                Instant.ofEpochMilli(properties.required("time").longValue()),
                Instant.ofEpochMilli(properties.required("updated").longValue()),
                coordinates.required(1).doubleValue(),
                coordinates.required(0).doubleValue(),
                properties.required("mag").doubleValue());
    }
}
