package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.wire.ProblemKind;
import java.util.Locale;
import java.util.Map;

/// The description of the interface as one page that needs nothing else.
final class DocsPage {

    private static final String STYLE =
            """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1, h2 { line-height: 1.2; } h2 { margin-top: 3rem; border-bottom: 1px solid #8884; }
            h3 { margin: 2rem 0 .25rem; } code, pre { font: 14px/1.4 ui-monospace, monospace; }
            pre { background: #8881; padding: .75rem; overflow-x: auto; border-radius: .4rem; }
            .method { display: inline-block; min-width: 3.2rem; font-weight: 700; }
            table { border-collapse: collapse; } td { padding: .15rem 1rem .15rem 0; vertical-align: top; }
            nav a { margin-right: 1rem; white-space: nowrap; }
            """;

    private final JsonNode api;
    private final StringBuilder html = new StringBuilder(64 * 1024);

    DocsPage(JsonNode api) {
        this.api = api;
    }

    String html() {
        var info = api.path("info");
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(info.path("title").asText()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>");
        tag("h1", info.path("title").asText());
        paragraphs(info.path("description").asText());
        contents();
        api.path("tags").forEach(this::section);
        problems();
        return html.append("</body></html>").toString();
    }

    private void contents() {
        html.append("<nav>");
        api.path("tags").forEach(tag -> link(tag.path("name").asText()));
        link("problems");
        html.append("<a href=\"/openapi.json\">openapi.json</a></nav>");
    }

    private void link(String name) {
        html.append("<a href=\"#").append(escaped(name)).append("\">");
        html.append(escaped(name)).append("</a>");
    }

    private void section(JsonNode tag) {
        var name = tag.path("name").asText();
        heading(name, name);
        paragraphs(tag.path("description").asText());
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (method.getValue().path("tags").path(0).asText().equals(name)) {
                    operation(method.getKey(), path.getKey(), path.getValue(), method.getValue());
                }
            }
        }
    }

    private void heading(String anchor, String text) {
        html.append("<h2 id=\"").append(escaped(anchor)).append("\">");
        html.append(escaped(text)).append("</h2>");
    }

    private void operation(String method, String path, JsonNode item, JsonNode operation) {
        html.append("<h3><code><span class=\"method\">")
                .append(escaped(method.toUpperCase(Locale.ROOT)))
                .append("</span> ")
                .append(escaped(path))
                .append("</code></h3>");
        tag("p", operation.path("summary").asText());
        paragraphs(operation.path("description").asText());
        html.append("<table>");
        item.path("parameters").forEach(this::parameter);
        operation.path("parameters").forEach(this::parameter);
        html.append("</table>");
        operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(content -> examples(content.getKey(), content.getValue()));
        html.append("<table>");
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            row(response.getKey(), resolved(response.getValue()).path("description").asText());
        }
        html.append("</table>");
        operation
                .path("responses")
                .path("200")
                .path("content")
                .properties()
                .forEach(content -> examples("answers", content.getValue()));
    }

    private void parameter(JsonNode reference) {
        var parameter = resolved(reference);
        row(parameter.path("name").asText(), parameter.path("description").asText());
    }

    private void examples(String label, JsonNode content) {
        for (Map.Entry<String, JsonNode> example : content.path("examples").properties()) {
            var words = example.getValue().path("summary").asText(example.getKey());
            tag("p", label + ": " + words);
            var value = example.getValue().path("value");
            tag("pre", value.isTextual() ? value.asText() : value.toPrettyString());
        }
    }

    private void problems() {
        heading("problems", "problems");
        paragraphs(
                "What goes wrong is answered as application/problem+json (RFC 9457), with the field"
                        + " at fault and the rule it breaks.");
        html.append("<table>");
        for (var kind : ProblemKind.values()) {
            html.append("<tr id=\"problem-").append(kind.word()).append("\"><td><code>");
            html.append(kind.status()).append("</code></td><td>").append(kind.word());
            html.append("</td><td>").append(escaped(kind.title())).append("</td></tr>");
        }
        html.append("</table>");
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.startsWith("#/") ? api.at(reference.substring(1)) : node;
    }

    private void row(String name, String text) {
        html.append("<tr><td><code>").append(escaped(name)).append("</code></td><td>");
        html.append(escaped(text)).append("</td></tr>");
    }

    private void paragraphs(String text) {
        text.lines().filter(line -> !line.isBlank()).forEach(line -> tag("p", line));
    }

    private void tag(String tag, String text) {
        html.append('<').append(tag).append('>').append(escaped(text));
        html.append("</").append(tag).append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
