package dev.palimpsest.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How wire records become JSON, and JSON wire records: what is absent is left out, and fields that
/// a record does not have are not looked at, for a newer server may say more.
public final class WireJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .addModule(
                            new SimpleModule("wire")
                                    .addDeserializer(RawValue.class, new RawReader())
                                    .addDeserializer(ValueBody.class, new ValueReader()))
                    .build();

    private WireJson() {}

    public static byte[] write(@Nullable Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + body, e);
        }
    }

    /// What [#write] writes, as a text.
    public static String text(@Nullable Object body) {
        return new String(write(body), StandardCharsets.UTF_8);
    }

    /// @throws JsonProcessingException if it is no JSON, or JSON of something else
    public static <T> T read(byte[] json, Class<T> body) throws IOException {
        return MAPPER.readValue(json, body);
    }

    /// A page of a list of such bodies.
    public static <T> PageBody<T> readPage(byte[] json, Class<T> element) throws IOException {
        JavaType page = MAPPER.getTypeFactory().constructParametricType(PageBody.class, element);
        return MAPPER.readValue(json, page);
    }

    /// The first `most` of such bodies that follow each other in `in`.
    public static <T> List<T> readLines(InputStream in, Class<T> body, int most)
            throws IOException {
        try (var lines = MAPPER.readerFor(body).<T>readValues(in)) {
            var read = new ArrayList<T>();
            while (read.size() < most && lines.hasNextValue()) {
                read.add(lines.nextValue());
            }
            return read;
        }
    }
}
