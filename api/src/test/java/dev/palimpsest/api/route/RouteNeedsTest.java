package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.access.Need;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RouteNeedsTest {

    @Test
    void everyRouteThatIsServedSaysWhatItNeedsAndNoOtherDoes() {
        try (var server = new TestServer()) {
            assertThat(RouteNeeds.routes()).isEqualTo(server.door().routes());
        }
    }

    @Test
    void aServerWithARouteThatSaysNothingDoesNotStart() {
        var more = new TreeSet<>(RouteNeeds.routes());
        more.add("GET /v1/secrets");
        assertThatThrownBy(() -> RouteNeeds.requireAll(more)).hasMessageContaining("/v1/secrets");
        var fewer = new TreeSet<>(RouteNeeds.routes());
        fewer.remove("GET /v1/keys");
        assertThatThrownBy(() -> RouteNeeds.requireAll(fewer)).hasMessageContaining("/v1/keys");
    }

    @Test
    void whatIsBelowASpaceNeedsAScopeForThatSpaceAndNothingElseDoes() {
        for (var route : RouteNeeds.routes()) {
            assertThat(RouteNeeds.of(route) instanceof Need.InSpace)
                    .as(route)
                    .isEqualTo(route.contains("{space}"));
        }
    }

    @Test
    void onlyWhatTellsNothingIsOpen() {
        assertThat(
                        RouteNeeds.routes().stream()
                                .filter(route -> RouteNeeds.of(route) instanceof Need.Nothing))
                .containsExactlyInAnyOrder(
                        "GET /",
                        "GET /docs",
                        "GET /openapi.json",
                        "GET /health/live",
                        "GET /health/ready");
    }
}
