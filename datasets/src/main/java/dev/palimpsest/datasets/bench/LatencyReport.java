package dev.palimpsest.datasets.bench;

import static dev.palimpsest.datasets.bench.Figures.milliseconds;
import static java.util.Locale.ROOT;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What [BenchLatency] found, as Markdown that reads well as plain text, too.
final class LatencyReport {

    private static final String NOTE =
            """
            Made documents (texts mixed by a seed from real sentences, vectors mixed likewise and put\
             there beforehand, so that loading embeds nothing), real MiniLM for the questions. CPU is\
             all that store and database used meanwhile, in every thread; *asking thread* is its part\
             of it, embedding left out, which is done beside it, *embedding* the part that the model alone takes for the same texts. Recall: of\
             the ten hits of the exact reader (the same reader, but every vector that passes looked\
             at and every row that passes judged, up to 10,000 of the newest, nearest and closest)\
             how many the answer had. Rows that pass are rows of the text index: documents, and the\
             facts of profiles.
            """;

    private final MadeStore.Manifest manifest;
    private final List<ClassOfQuestions> classes;
    private final List<String> lines = new ArrayList<>();

    LatencyReport(MadeStore.Manifest manifest, List<ClassOfQuestions> classes) {
        this.manifest = manifest;
        this.classes = classes;
    }

    /// Adds a line about the circumstances.
    void say(String line) {
        lines.add(line);
    }

    void sayMemory(long heap, Map<String, Long> disk) {
        say(String.format(ROOT, "memory   heap %,d MB after a collection", heap >> 20));
        say("disk     bytes of " + Figures.list(disk));
    }

    void print(PrintStream out) {
        out.printf(ROOT, "%n## bench latency, %,d documents%n%n```%n", manifest.documents());
        lines.forEach(out::println);
        out.printf(
                ROOT,
                "made     %s: %,d writes, %,d vectors; durable after %.0f s, level after %.0f s, CPU"
                        + " %.0f s and database %.0f s, heap at most %,d MB%n```%n%n%s%n",
                manifest.made(),
                manifest.items(),
                manifest.embedded(),
                manifest.writeSeconds(),
                manifest.levelSeconds(),
                manifest.programCpuSeconds(),
                manifest.databaseCpuSeconds(),
                manifest.heapMegabytes(),
                NOTE);
        printCosts(out);
        printSteps(out);
    }

    private void printCosts(PrintStream out) {
        out.println(
                "| hard part lets pass | rows that pass | asked | CPU mean ms | program | database |"
                        + " asking thread | embedding | CPU without embedding | wall p50 | p99 |"
                        + " hits | recall |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        var all = new Sum();
        for (var one : classes) {
            var row = new Sum();
            row.add(one);
            all.add(one);
            out.printf(
                    ROOT,
                    "| %s | %,.0f (%.3f %%) %s%n",
                    one.name(),
                    one.passing(),
                    100 * one.passing() / manifest.documents(),
                    row.cells());
        }
        out.printf(ROOT, "| overall | %s%n%n", all.cells());
    }

    private void printSteps(PrintStream out) {
        Set<String> names = new LinkedHashSet<>();
        classes.forEach(one -> names.addAll(one.steps().keySet()));
        var head = new StringBuilder("| wall ms of each step, mean |");
        classes.forEach(one -> head.append(' ').append(one.name()).append(" |"));
        out.println(head);
        out.println("|---|" + "---|".repeat(classes.size()));
        for (String name : names) {
            var row = new StringBuilder("| " + name + " |");
            for (var one : classes) {
                row.append(String.format(ROOT, " %.2f |", one.steps().getOrDefault(name, 0.0)));
            }
            out.println(row);
        }
    }

    /// Sums over classes.
    private static final class Sum {
        private final Durations wall = new Durations();
        private CpuTime cpu = CpuTime.NONE;
        private Duration asking = Duration.ZERO;
        private Duration embedding = Duration.ZERO;
        private double hits;
        private long shared;
        private long expected;
        private long compared;

        void add(ClassOfQuestions one) {
            wall.addAll(one.wall());
            cpu = cpu.plus(one.cpu());
            asking = asking.plus(one.asking());
            embedding = embedding.plus(one.embedding());
            hits += one.hitsOfAnAnswer() * one.count();
            shared += one.shared();
            expected += one.expected();
            compared += one.compared();
        }

        String cells() {
            int count = wall.count();
            return String.format(
                    ROOT,
                    "| %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f |"
                            + " %.3f (%d questions) |",
                    count,
                    milliseconds(cpu.total(), count),
                    milliseconds(cpu.program(), count),
                    milliseconds(cpu.database(), count),
                    milliseconds(asking, count),
                    milliseconds(embedding, count),
                    milliseconds(cpu.total().minus(embedding), count),
                    milliseconds(wall.percentile(.5)),
                    milliseconds(wall.percentile(.99)),
                    hits / Math.max(1, count),
                    expected == 0 ? 1 : (double) shared / expected,
                    compared);
        }
    }
}
