package dev.palimpsest.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The store works without a network, and so must what it is made of.
class NothingIsToldToOthersTest {

    /// From 1.29 on the library keeps a diary of what it runs in the user's home and sends it to
    /// its maker, unless a variable of the environment forbids it before the process starts.
    @ParameterizedTest
    @ValueSource(strings = {"linux-x64", "linux-aarch64"})
    void theRuntimeOfTheModelsKnowsNobodyToReportTo(String platform) throws IOException {
        String library = "/ai/onnxruntime/native/" + platform + "/libonnxruntime.so";
        try (var in = getClass().getResourceAsStream(library)) {
            assertThat(in).as(library).isNotNull();
            var text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(text.contains("OrtGetApiBase")).as("is the library").isTrue();
            assertThat(text.contains("events.data.microsoft.com"))
                    .as("knows a collector")
                    .isFalse();
        }
    }
}
