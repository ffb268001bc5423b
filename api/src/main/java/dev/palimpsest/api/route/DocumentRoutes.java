package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.wire.RootBody;
import dev.palimpsest.api.wire.WireJson;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// Tells how this interface is used: `/openapi.json` to programs, `/docs` to people.
final class DocumentRoutes {

    private final byte[] json;
    private final String page;
    private final RootBody root;

    DocumentRoutes(JsonNode openApi) {
        this.json = WireJson.write(openApi);
        this.root = RootBody.of(openApi.at("/info/version").asText());
        this.page = new DocsPage(openApi).html();
    }

    void addTo(RoutesConfig routes) {
        routes.get("/openapi.json", ctx -> ctx.contentType(RequestBody.JSON).result(json));
        routes.get("/docs", this::docs);
        routes.get("/", ctx -> Reads.answer(ctx, root));
    }

    private void docs(Context ctx) {
        ctx.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .html(page);
    }
}
