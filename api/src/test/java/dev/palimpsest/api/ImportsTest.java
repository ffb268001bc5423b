package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.ingest.job.ImportJob.State;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.job.Progress;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.Incoming.Description;
import dev.palimpsest.ingest.source.TimeOrderedIds;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.relational.Database;
import dev.palimpsest.relational.PgLedger;
import dev.palimpsest.relational.TestDatabases;
import dev.palimpsest.relational.commit.PgRecorder;
import dev.palimpsest.time.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Imports whose process ends, whose disk is full and whose ledger is slow.
class ImportsTest {

    private static final String BAD = "{\"memory\": {\"text\": 7, \"source\": \"s\"}}\n";
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static Database database;
    private static PgRecorder ledger;
    private static int spaces;

    @TempDir private Path folder;

    private final List<Imports> opened = new ArrayList<>();
    private Path root = Path.of("");
    private SpaceId space = new SpaceId("none");
    private HeldRecorder recorder;
    private Imports imports;

    @BeforeAll
    static void open() {
        database = TestDatabases.fresh();
        ledger = PgRecorder.open(database.dataSource(), InstantSource.system(), _ -> {});
    }

    @AfterAll
    static void close() {
        ledger.close();
        database.close();
    }

    @BeforeEach
    void makeASpace() {
        root = folder.resolve("imports");
        space = new SpaceId("space-" + spaces++);
        ledger.makeSpace(new Space(space, false));
        recorder = new HeldRecorder(ledger, space, 0);
        imports = imports(root, recorder);
    }

    @AfterEach
    void closeThem() {
        recorder.letGo();
        opened.forEach(Imports::close);
    }

    @Test
    void aFolderThatIsNoImportStopsNoOther() throws IOException {
        recorder.letGo();
        var id = start(space, "a.ndjson", lines(1));
        await(id, progress -> progress.job().state() == State.DONE);
        Files.createDirectories(root.resolve("half"));
        Files.writeString(root.resolve("half/data"), "x");
        Files.createDirectories(root.resolve("broken"));
        Files.writeString(root.resolve("broken/job.json"), "{");

        assertThat(imports(root, recorder).of(space))
                .singleElement()
                .satisfies(progress -> assertThat(progress.job().id()).isEqualTo(id));
    }

    @Test
    void aDiskThatIsFullAtTheEndIsWaitedForByName() throws IOException {
        var id = start(space, "a.ndjson", lines(1));
        var inTheWay = Files.createDirectories(root.resolve(id).resolve("job.json.unfinished"));
        recorder.letGo();
        var waiting = await(id, progress -> progress.waiting().isPresent());
        assertThat(waiting.waiting().orElseThrow()).contains("perhaps because its disk is full");
        assertThat(waiting.job().state()).isEqualTo(State.RUNNING);
        assertThat(root.resolve(id).resolve("data")).exists();

        Files.delete(inTheWay);
        await(id, progress -> progress.job().state() == State.DONE);
        assertThat(root.resolve(id).resolve("data")).doesNotExist();
    }

    @Test
    void whatIsRejectedWaitsForTheDiskToo() throws IOException {
        var first = start(space, "a.ndjson", lines(1));
        var id = start(space, "b.ndjson", BAD);
        var inTheWay = Files.createDirectories(root.resolve(id).resolve("rejected.ndjson"));
        recorder.letGo();
        await(first, progress -> progress.job().state() == State.DONE);
        await(id, progress -> progress.waiting().isPresent());

        Files.delete(inTheWay);
        await(id, progress -> progress.job().state() == State.DONE);
        assertThat(rejected(imports, id)).contains("must be a string");
    }

    @Test
    void aDatabaseThatIsAwayBetweenTwoBatchesIsWaitedForByName() throws IOException {
        var back = new AtomicBoolean();
        recorder.letGo();
        imports = imports(folder.resolve("other"), recorder, new AwayOnceAsked(back));
        var id = start(space, "a.ndjson", lines(1));
        var waiting = await(id, progress -> progress.waiting().isPresent());
        assertThat(waiting.waiting()).contains("the database is away");
        assertThat(waiting.job().state()).isEqualTo(State.RUNNING);

        back.set(true);
        await(id, progress -> progress.job().state() == State.DONE);
    }

    @Test
    void ofOneSpaceTheyGoInOneAfterTheOther() throws Exception {
        var other = new SpaceId("space-" + spaces++);
        ledger.makeSpace(new Space(other, false));
        var first = start(space, "a.ndjson", lines(1));
        var second = start(space, "b.ndjson", lines(2));
        var elsewhere = start(other, "c.ndjson", lines(3));
        recorder.awaitOne();
        await(other, elsewhere, progress -> progress.job().state() == State.DONE);
        for (var id : List.of(first, second)) {
            assertThat(imports.find(space, id).job().state()).isEqualTo(State.QUEUED);
        }
        assertThat(root.resolve(first).resolve("rejected.ndjson")).exists();
        assertThat(root.resolve(second).resolve("rejected.ndjson")).doesNotExist();

        recorder.letGo();
        var ended = await(second, progress -> progress.job().state() == State.DONE);
        assertThat(imports.find(space, first).job().ended().orElseThrow())
                .isBeforeOrEqualTo(ended.job().ended().orElseThrow());
    }

    @Test
    void oneThatWaitsForItsTurnIsCancelledAtOnce() throws Exception {
        start(space, "a.ndjson", lines(1));
        recorder.awaitOne();
        var id = start(space, "b.ndjson", lines(2));
        assertThat(imports.cancel(space, id).job().state()).isEqualTo(State.CANCELLED);
        assertThat(root.resolve(id).resolve("data")).doesNotExist();
        assertThat(afterACrash().find(space, id).job().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void aCancelOutlivesACrash() throws Exception {
        var id = start(space, "a.ndjson", lines(1));
        recorder.awaitOne();
        imports.cancel(space, id);
        var later = afterACrash();
        assertThat(later.find(space, id).job().state().isActive()).isTrue();
        later.resume();
        var job = await(later, space, id, progress -> !progress.job().state().isActive()).job();
        assertThat(job.state()).isEqualTo(State.CANCELLED);
        assertThat(job.counts().read()).isZero();
    }

    @Test
    void whatWasRejectedIsForgottenAtOnceAndStaysSo() throws IOException {
        recorder = new HeldRecorder(ledger, space, 1);
        imports = imports(root, recorder);
        var id = start(space, "a.ndjson", BAD + lines(2_500));
        await(id, progress -> progress.job().counts().rejected() == 1);
        assertThat(rejected(imports, id)).isNotEmpty();

        imports.forget(space, false);
        assertThat(rejected(imports, id)).isEmpty();
        assertThat(root.resolve(id).resolve("rejected.ndjson")).isEmptyFile();
        var later = afterACrash();
        assertThat(rejected(later, id)).isEmpty();
    }

    @Test
    void whatOthersSaidOtherwiseWhileItWasUnderWayIsSaidAgain() throws IOException {
        recorder = new HeldRecorder(ledger, space, 1);
        imports = imports(root, recorder);
        var file =
                "{\"predicate\": {\"id\": \"worksFor\", \"functional\": true}}\n"
                        + worksFor("acme")
                        + lines(2_500);
        var id = start(space, "a.ndjson", file);
        await(id, progress -> progress.job().counts().written() > 0);
        var others = imports(folder.resolve("others"), ledger);
        var other = start(others, space, "b.ndjson", worksFor("bolt"));
        await(others, space, other, progress -> progress.job().state() == State.DONE);

        recorder.letGo();
        await(id, progress -> progress.job().state() == State.DONE);
        var again = start(space, "a.ndjson", file);
        var job = await(again, progress -> progress.job().state() == State.DONE).job();
        assertThat(job.counts().written()).isEqualTo(1);
    }

    private static String worksFor(String company) {
        return """
        {"fact": {"subject": "ann", "predicate": "worksFor", "object": {"entity": "%s"}, \
        "valid": {"from": "2020-01-01T00:00:00Z"}, "source": "hr"}}
        """
                .formatted(company);
    }

    @Test
    void ofASpaceThatIsNoLongerThereNothingIsKeptWhenItGoesOn() throws IOException {
        recorder.letGo();
        var id = start(space, "a.ndjson", lines(1));
        var json = await(id, progress -> progress.job().state() == State.DONE).job();
        var file = root.resolve(id).resolve("job.json");
        var gone = "\"space\":\"gone\"";
        Files.writeString(
                file, Files.readString(file).replace("\"space\":\"" + json.space() + "\"", gone));
        var later = afterACrash();
        assertThat(later.of(new SpaceId("gone"))).hasSize(1);
        later.resume();
        assertThat(later.of(new SpaceId("gone"))).isEmpty();
        assertThat(folder.resolve("copy").resolve(id)).doesNotExist();
    }

    @Test
    void aFileOfRejectedOnesThatIsShorterThanItWasHasNoHoles() throws IOException {
        var id = start(space, "a.ndjson", BAD + lines(1));
        var crashed = crashed();
        var job = crashed.resolve(id).resolve("job.json");
        Files.writeString(
                job, Files.readString(job).replace("\"rejectedBytes\":0", "\"rejectedBytes\":40"));
        Files.deleteIfExists(crashed.resolve(id).resolve("rejected.ndjson"));

        var later = imports(crashed, ledger);
        assertThat(rejected(later, id)).isEmpty();
        later.resume();
        await(later, space, id, progress -> progress.job().state() == State.DONE);
        assertThat(rejected(later, id)).startsWith("{").endsWith("}\n").doesNotContain("\0");
    }

    @Test
    void ofASpaceThatIsForgottenNothingIsKept() throws IOException {
        var first = start(space, "a.ndjson", lines(1));
        var second = start(space, "b.ndjson", lines(2));
        imports.forget(space, true);
        assertThat(imports.of(space)).isEmpty();
        assertThat(root.resolve(first)).doesNotExist();
        assertThat(root.resolve(second)).doesNotExist();
        assertThat(afterACrash().of(space)).isEmpty();
    }

    private static String lines(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"memory\": {\"text\": \"")
                    .append(count)
                    .append(" and ")
                    .append(i)
                    .append("\", \"source\": \"s\"}}\n");
        }
        return lines.toString();
    }

    private String start(SpaceId where, String name, String data) throws IOException {
        return start(imports, where, name, data);
    }

    private static String start(Imports with, SpaceId where, String name, String data)
            throws IOException {
        var told =
                new Description(Optional.empty(), name, Optional.empty(), Optional.empty(), false);
        var bytes = new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8));
        return with.start(where, told, bytes).job().id();
    }

    private Progress await(String id, Predicate<Progress> wanted) {
        return await(imports, space, id, wanted);
    }

    private Progress await(SpaceId where, String id, Predicate<Progress> wanted) {
        return await(imports, where, id, wanted);
    }

    private static Progress await(
            Imports of, SpaceId where, String id, Predicate<Progress> wanted) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        var progress = of.find(where, id);
        while (!wanted.test(progress)) {
            assertThat(System.nanoTime()).as(progress.toString()).isLessThan(deadline);
            Thread.onSpinWait();
            progress = of.find(where, id);
        }
        return progress;
    }

    private String rejected(Imports of, String id) throws IOException {
        try (var in = of.rejected(space, id)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The files as they would be if the process ended now.
    private Path crashed() throws IOException {
        var copy = folder.resolve("copy");
        try (var files = Files.walk(root)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(root.relativize(file)));
            }
        }
        return copy;
    }

    /// What another process would find then.
    private Imports afterACrash() throws IOException {
        return imports(crashed(), ledger);
    }

    private Imports imports(Path where, Recorder writing) {
        return imports(where, writing, new AllVisible());
    }

    private Imports imports(Path where, Recorder writing, Visibility visibility) {
        var clock = InstantSource.system();
        var made =
                new Imports(
                        where,
                        new WriteDoor(writing, visibility),
                        new PgLedger(database.dataSource()),
                        clock,
                        new TimeOrderedIds(clock, new Random()));
        opened.add(made);
        return made;
    }

    private static class AllVisible implements Visibility {
        @Override
        public Position covers(Level level) {
            return Position.START;
        }

        @Override
        public boolean await(Position position, Level level, Duration atMost) {
            return true;
        }

        @Override
        public long lag(Level level) {
            return 0;
        }
    }

    /// Knows how far all is until it was asked once, and again when the database is back.
    private static final class AwayOnceAsked extends AllVisible {

        private final AtomicBoolean back;
        private final AtomicBoolean asked = new AtomicBoolean();

        AwayOnceAsked(AtomicBoolean back) {
            this.back = back;
        }

        @Override
        public long lag(Level level) {
            if (asked.getAndSet(true) && !back.get()) {
                throw new StoreException.Unavailable("the database is away");
            }
            return super.lag(level);
        }
    }
}
