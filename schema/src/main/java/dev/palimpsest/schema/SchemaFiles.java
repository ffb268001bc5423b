package dev.palimpsest.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Opens the files of this room.
public final class SchemaFiles {

    /// Where Flyway finds the ledger's migrations on the class path.
    public static final String LEDGER_MIGRATIONS = "classpath:dev/palimpsest/schema/ledger";

    private static final List<String> OPEN_API_PARTS =
            List.of(
                    "spaces",
                    "writing",
                    "features",
                    "forget",
                    "reading",
                    "question",
                    "imports",
                    "server",
                    "upkeep",
                    "keys",
                    "audit",
                    "schemas");

    private SchemaFiles() {}

    /// The OpenAPI 3.1 description of the HTTP interface, as YAML text.
    public static String openApi() {
        return text("openapi.yaml");
    }

    /// The parts of the description that lie in files of their own: paths and components to be put
    /// beside those of [#openApi], as YAML texts.
    public static List<String> openApiParts() {
        return OPEN_API_PARTS.stream().map(part -> text("openapi/" + part + ".yaml")).toList();
    }

    private static String text(String name) {
        try (InputStream in = SchemaFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
