package dev.palimpsest.api.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.ingest.source.JsonComplaint;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The features of a GeoJSON FeatureCollection, sent with the mapping that says what they mean.
final class FeatureFile implements ItemFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_FEATURES = 500;
    private static final String PATH = "/features?wait=";

    private final JsonParser parser;
    private final JsonNode mapping;
    private final boolean recorded;
    private long features;
    private boolean started;
    private boolean ended;
    private Optional<BrokenFile> broken = Optional.empty();

    /// @param recorded whether the mapping's `recorded` counts
    FeatureFile(InputStream in, JsonNode mapping, boolean recorded) throws IOException {
        this.parser = JSON.createParser(in);
        this.mapping = mapping;
        this.recorded = recorded;
    }

    @Override
    public String word() {
        return "feature";
    }

    @Override
    public Optional<ItemBatch> next() throws IOException {
        if (!started) {
            seekFeatures();
            started = true;
        }
        var read = read();
        if (read.isEmpty() && broken.isPresent()) {
            throw broken.get();
        }
        return batch(read);
    }

    private Optional<ItemBatch> batch(List<JsonNode> read) {
        if (read.isEmpty()) {
            return Optional.empty();
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.set("mapping", mapping);
        body.put("recorded", recorded);
        body.putArray("features").addAll(read);
        long before = features;
        features += read.size();
        return Optional.of(
                new ItemBatch(
                        before,
                        read.size(),
                        parser.currentLocation().getByteOffset(),
                        ended,
                        (client, space, wait) -> client.post(space + PATH + wait, body)));
    }

    /// The next features; those before a broken one are still good.
    private List<JsonNode> read() throws IOException {
        var read = new ArrayList<JsonNode>();
        long from = parser.currentLocation().getByteOffset();
        try {
            while (!ended
                    && read.size() < MOST_FEATURES
                    && parser.currentLocation().getByteOffset() - from < MOST_BYTES) {
                read.add(JSON.readTree(parser));
                ended = parser.nextToken() == JsonToken.END_ARRAY;
            }
        } catch (JsonProcessingException e) {
            ended = true;
            broken = Optional.of(notJson("feature " + (features + read.size() + 1), e));
        }
        return read;
    }

    private static BrokenFile notJson(String what, JsonProcessingException e) {
        return new BrokenFile(what + " " + JsonComplaint.of(e), e);
    }

    private void seekFeatures() throws IOException {
        try {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                var field = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("features")) {
                    ended = parser.nextToken() == JsonToken.END_ARRAY;
                    return;
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw notJson("the file", e);
        }
        throw new BrokenFile(
                "the file is no GeoJSON FeatureCollection: it has no array \"features\"",
                new IllegalArgumentException("no features"));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
