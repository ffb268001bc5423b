package dev.palimpsest.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Opens the files of this room.
public final class SchemaFiles {

    /// Where Flyway finds the ledger's migrations on the class path.
    public static final String LEDGER_MIGRATIONS = "classpath:dev/palimpsest/schema/ledger";

    private SchemaFiles() {}

    /// The OpenAPI 3.1 description of the HTTP interface, as YAML text.
    public static String openApi() {
        return text("openapi.yaml");
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
