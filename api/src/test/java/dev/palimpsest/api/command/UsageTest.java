package dev.palimpsest.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What commands say to what they cannot try, and that they leave no trace of it.
class UsageTest {

    @TempDir Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask harbour --space notes",
                "count --by type --space notes",
                "gremlin g.V() --space notes",
                "verify",
                "rebuild all",
                "ingest FILE --space notes"
            })
    void whatNeedsAStoreSaysHowOneIsMadeAndMakesNone(String command) throws IOException {
        Files.writeString(temporary.resolve("letters.txt"), "dear");
        var nowhere = temporary.resolve("nowhere");
        var typed = typed(command, nowhere);
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error().lines())
                .singleElement()
                .asString()
                .contains("there is no store in " + nowhere)
                .contains("ingest --create, demo or serve");
        assertThat(nowhere).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask harbour --space notes",
                "verify",
                "serve --port 0",
                "ingest FILE --space notes --create"
            })
    void aFolderOfSomebodyElseIsLeftAlone(String command) throws IOException {
        Files.writeString(temporary.resolve("letters.txt"), "dear");
        var typed = typed(command, temporary);
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error().lines())
                .singleElement()
                .asString()
                .contains("holds something else (letters.txt)");
        try (var inside = Files.list(temporary)) {
            assertThat(inside).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask harbour --space notes", "serve --port 0"})
    void aFileIsNoDataFolder(String command) throws IOException {
        var file = Files.writeString(temporary.resolve("letters.txt"), "dear");
        var typed = typed(command, file);
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error())
                .isEqualTo("palimpsest: " + file + " is a file; name a folder with --data\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask harbour --spce notes",
                "ask harbour --spce=notes",
                "ingest FILE --spce notes"
            })
    void aMisspeltFlagIsNamedAndNotAMissingOne(String command) {
        var typed = typed(command, temporary.resolve("nowhere"));
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error())
                .startsWith("palimpsest: Unknown option: '--spce'; did you mean --space?\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--at yesterday",
                "--within 24,121",
                "--within a,b,c",
                "--within NaN,121,80",
                "--limit many",
                "--near 2018-02-07/soon",
                "--colour red",
                "--during 2018-02-07"
            })
    void aValueOfTheWrongFormIsOneLineAndAHint(String flags) {
        var typed = typed("ask x --space notes " + flags, temporary);
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        var lines = typed.error().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("palimpsest: ");
        assertThat(lines.getLast()).isEqualTo("Help: palimpsest ask --help");
    }

    @Test
    void aCommandNobodyKnowsIsOneLineAndAHint() {
        var typed = Typed.run("aks");
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error().lines())
                .containsExactly(
                        "palimpsest: Unmatched argument at index 0: 'aks'",
                        "Help: palimpsest --help");
    }

    @Test
    void theVersionIsToldHoweverItIsAskedFor() {
        var version = Typed.run("version");
        assertThat(version.out()).startsWith("palimpsest ");
        assertThat(Typed.run("--version")).isEqualTo(version);
        assertThat(Typed.run("ask", "--version")).isEqualTo(version);
    }

    private Typed typed(String command, Path data) {
        var file = temporary.resolve("letters.txt").toString();
        var arguments = new ArrayList<>(List.of(command.replace("FILE", file).split(" ")));
        arguments.addAll(List.of("--data", data.toString()));
        return Typed.run(arguments.toArray(String[]::new));
    }
}
