package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads the features of a GeoJSON FeatureCollection one by one, each as the description of an
/// entity with facts about it.
///
/// A feature that does not fit the mapping is refused by itself; where the file stops being a
/// FeatureCollection, reading ends with a refusal that says so.
public final class GeoJsonReader implements ItemReader {

    /// The most bytes of a feature.
    public static final int LONGEST_FEATURE = 4 * 1024 * 1024;

    private static final String NOTHING_AFTER = "; nothing after it was read";
    private static final String NO_COLLECTION =
            "must be a GeoJSON FeatureCollection: an object with \"type\": \"FeatureCollection\" and"
                    + " an array \"features\"";

    private enum State {
        BEFORE,
        FEATURES,
        AFTER
    }

    private final AllowedBytes bytes;
    private final FeatureParser features;
    private final JsonParser json;
    private State state = State.BEFORE;
    private boolean isCollection;
    private long number;

    public GeoJsonReader(InputStream in, GeoJsonMapping mapping) throws IOException {
        this.bytes = new AllowedBytes(in);
        this.features = new FeatureParser(mapping);
        bytes.allow(LONGEST_FEATURE);
        this.json = StrictJson.MAPPER.createParser(bytes);
    }

    @Override
    public Optional<Piece> next() throws IOException {
        bytes.allow(LONGEST_FEATURE);
        try {
            return nextFeature()
                    .map(feature ->
                            new Piece(++number, features.parse(feature), feature.toString()));
        } catch (InvalidField e) {
            return last(e);
        } catch (JsonProcessingException e) {
            return last(new InvalidField("", JsonComplaint.of(e) + NOTHING_AFTER));
        } catch (AllowedBytes.Exceeded _) {
            return last(
                    new InvalidField(
                            "", "has at most " + LONGEST_FEATURE + " bytes" + NOTHING_AFTER));
        }
    }

    private Optional<Piece> last(InvalidField problem) {
        state = State.AFTER;
        return Optional.of(new Piece(++number, new Parsed.Refused(problem.refusal()), ""));
    }

    private Optional<JsonNode> nextFeature() throws IOException {
        if (state == State.BEFORE) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            require(seekFeatures());
            state = State.FEATURES;
        }
        if (state == State.FEATURES) {
            if (json.nextToken() != JsonToken.END_ARRAY) {
                return Optional.of(StrictJson.next(json));
            }
            require(!seekFeatures() && isCollection && json.nextToken() == null);
            state = State.AFTER;
        }
        return Optional.empty();
    }

    /// Goes on to the features, or to the end of the collection.
    ///
    /// @return whether there are features
    private boolean seekFeatures() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "features" -> {
                    require(value == JsonToken.START_ARRAY);
                    return true;
                }
                case "type" -> {
                    require(
                            value == JsonToken.VALUE_STRING
                                    && json.getText().equals("FeatureCollection"));
                    isCollection = true;
                }
                default -> json.skipChildren();
            }
        }
        return false;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new InvalidField("", NO_COLLECTION);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
