package dev.palimpsest.relational.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerUserTest {

    @TempDir private Path folder;

    @Test
    void isTheMachinesOwnPostgresWhereThereIsOne() throws IOException {
        Path users = folder.resolve("passwd");
        Files.writeString(
                users,
                """
                root:x:0:0:root:/root:/bin/bash
                postgres:x:101:104:administrator,,,:/var/lib/postgresql:/bin/bash
                """);
        assertThat(ServerUser.postgresOf(users)).contains(new ServerUser.Unprivileged(101, 104));
    }

    @Test
    void isNobodysNumberWhereThereIsNone() throws IOException {
        Path users = folder.resolve("passwd");
        Files.writeString(users, "root:x:0:0:root:/root:/bin/bash\n");
        assertThat(ServerUser.postgresOf(users)).isEmpty();
        assertThat(ServerUser.postgresOf(folder.resolve("no such file"))).isEmpty();
    }

    @Test
    void isNeverRootUnderAnotherName() throws IOException {
        Path users = folder.resolve("passwd");
        Files.writeString(users, "postgres:x:0:0::/:/bin/sh\n");
        assertThat(ServerUser.postgresOf(users)).isEmpty();
    }
}
