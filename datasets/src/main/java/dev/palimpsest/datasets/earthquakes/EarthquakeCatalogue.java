package dev.palimpsest.datasets.earthquakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.ingest.source.GeoJsonMapping;
import dev.palimpsest.space.GeoPoint;
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
    private static final String MAPPING = "/earthquakes-2018w05/mapping.json";

    private EarthquakeCatalogue() {}

    /// The file itself, a GeoJSON FeatureCollection. Close it.
    public static InputStream open() {
        return open(FILE);
    }

    /// What the features of the file mean.
    public static GeoJsonMapping mapping() {
        try (InputStream mapping = open(MAPPING)) {
            return GeoJsonMapping.parse(mapping.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + MAPPING, e);
        }
    }

    private static InputStream open(String name) {
        InputStream file = EarthquakeCatalogue.class.getResourceAsStream(name);
        if (file == null) {
            throw new IllegalStateException("the build left out " + name);
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
                new GeoPoint(
                        coordinates.required(1).doubleValue(),
                        coordinates.required(0).doubleValue()),
                properties.required("place").textValue(),
                properties.required("mag").doubleValue(),
                coordinates.required(2).doubleValue());
    }
}
