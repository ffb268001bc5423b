package dev.palimpsest.datasets.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.datasets.bench.HeldFacts.Asked;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.port.Statement;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Interval.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YearFactsTest {

    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("relation2id.txt"), "<playsFor>\t2\tdur\n");
        Files.writeString(
                folder.resolve("entity2id.txt"),
                """
                <Ann>\t0\t1913-07-##\t####-##-##
                <Club>\t1\t-431-##-##\t1999-02-28
                <Bob>\t2\t####-##-##\t1950-01-01
                <Thomas>\t4\t-2##-##-##\t01##-##-##
                <Janet>\t5\t1\t2009-03-28
                <Eve>\t3\t1960-01-01\t1950-01-01
                """);
        Files.writeString(
                folder.resolve("train.txt"),
                "0\t2\t1\t1930\t1932\n0\t2\t1\t1933\t1934\n0\t2\t1\t1940\t1940\n");
        Files.writeString(folder.resolve("valid.txt"), "2\t2\t1\t2014\t2007\n");
        Files.writeString(folder.resolve("test.txt"), "2\t2\t1\t-9\t360\n0\t2\t1\t1934\t1936\n");
    }

    @Test
    void closedYearsAreHalfOpenIntervalsAndWhatNobodyKnowsIsAnUnknownEnd() throws IOException {
        var facts = YearFacts.read(folder);
        assertThat(facts.said())
                .extracting(Statement::valid)
                .containsExactly(
                        new Interval(
                                Instant.parse("1913-07-01T00:00:00Z"),
                                new End.Unknown(Optional.empty())),
                        between("-0431-01-01", "1999-03-01"),
                        between("-0299-01-01", "0200-01-01"),
                        between("1930-01-01", "1933-01-01"),
                        between("1933-01-01", "1935-01-01"),
                        between("1940-01-01", "1941-01-01"),
                        between("-0009-01-01", "0361-01-01"),
                        between("1934-01-01", "1937-01-01"));
        assertThat(facts.said().getFirst().subject()).isEqualTo(new EntityId("Ann"));
    }

    @Test
    void whatEndsBeforeItStartsIsListedAndLeftOut() throws IOException {
        var facts = YearFacts.read(folder);
        assertThat(facts.reversed())
                .containsExactly(
                        "entity2id.txt:6 (<Eve> 3 1960-01-01 1950-01-01)",
                        "valid.txt:1 (2 2 1 2014 2007)");
        assertThat(facts.unread())
                .containsExactly(
                        "entity2id.txt:3 (<Bob> 2 ####-##-## 1950-01-01)",
                        "entity2id.txt:5 (<Janet> 5 1 2009-03-28)");
    }

    @Test
    void stretchesOfAFactThatMeetOrOverlapAreOne() throws IOException {
        var held = new HeldFacts(YearFacts.read(folder));
        assertThat(held.count()).isEqualTo(6);
        var train =
                held.sources().stream()
                        .filter(source -> source.value().contains("train"))
                        .findFirst()
                        .orElseThrow();
        assertThat(held.times(train))
                .containsExactly(
                        between("1930-01-01", "1937-01-01"), between("1940-01-01", "1941-01-01"));
        var asked =
                new Asked(
                        Set.of(Allen.MEETS),
                        between("1937-01-01", "1938-01-01"),
                        false,
                        train,
                        false);
        assertThat(held.answer(asked)).hasSize(1);
    }

    @Test
    void aLineThatIsBrokenIsNamed() throws IOException {
        Files.writeString(folder.resolve("test.txt"), "2\t2\t1\tlater\t360\n");
        assertThatThrownBy(() -> YearFacts.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test.txt:1")
                .hasMessageContaining("later");
    }

    private static Interval between(String from, String until) {
        return Interval.between(
                Instant.parse(from + "T00:00:00Z"), Instant.parse(until + "T00:00:00Z"));
    }
}
