package dev.palimpsest.api.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.Failure;
import dev.palimpsest.ingest.source.JsonComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A polygon given as a flag: GeoJSON, or a file of it. Of a Feature, or a FeatureCollection with
/// one, it is the geometry.
final class FlagArea {

    /// The most bytes of a file.
    private static final int LARGEST = 8 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FlagArea() {}

    /// Whether `text` is meant as an area, and not as numbers.
    static boolean isMeant(String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("{") || lower.endsWith(".geojson") || lower.endsWith(".json");
    }

    static JsonNode json(String flag, String text) {
        var json = text.strip().startsWith("{") ? parsed(flag, text) : read(flag, text.strip());
        var feature = json;
        if (json.path("type").asText().equals("FeatureCollection")) {
            if (json.path("features").size() != 1) {
                throw Failure.usage(
                        flag
                                + ": a FeatureCollection must have one feature, to be one region: "
                                + json.path("features").size());
            }
            feature = json.path("features").path(0);
        }
        return feature.path("type").asText().equals("Feature") ? feature.path("geometry") : feature;
    }

    private static JsonNode read(String flag, String name) {
        try (var in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Failure.usage(flag + ": " + name + " has more than " + LARGEST + " bytes");
            }
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw Failure.usage(flag + ": " + name + " " + JsonComplaint.of(e), e);
        } catch (IOException e) {
            throw Failure.usage(flag + ": cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode parsed(String flag, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw Failure.usage(flag + " " + JsonComplaint.of(e), e);
        }
    }
}
