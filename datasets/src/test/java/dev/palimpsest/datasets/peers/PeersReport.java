package dev.palimpsest.datasets.peers;

import static java.util.Locale.ROOT;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What [ComparePeers] found, as Markdown that reads well as plain text, too.
final class PeersReport {

    private static final String NOTE =
            """
            CPU: everything a system used, in every thread and process; the question's vector is given\
             to the peers, and what embedding costs is taken off ours. Hard part wrong: questions of\
             which a row passed that must not, or the other way round, by a look at every row (rows\
             within half a metre of the circle may do either; ours is compared by kind and day).\
             Overlap: of the ten hits of Palimpsest's exact reader how many were among the ten; words\
             are scored by each system's own full text, so full agreement is not to be had.
            """;

    private final List<AskedClass> classes;
    private final List<Measured> systems;

    PeersReport(List<AskedClass> classes, List<Measured> systems) {
        this.classes = classes;
        this.systems = systems;
    }

    void print(PrintStream out) {
        out.printf("%n%s%n", NOTE);
        out.println(
                "| hard part lets pass | system | asked | CPU ms | times ours | wall p50 | p99 | hard"
                        + " part wrong | overlap@10 |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        for (var one : classes) {
            for (var system : systems) {
                printLine(
                        out,
                        one.selectivity().words(),
                        system.name(),
                        costs(system, one),
                        costs(systems.getFirst(), one));
            }
        }
        for (var system : systems) {
            printLine(out, "overall", system.name(), system.all(), systems.getFirst().all());
        }
        out.println();
        out.println("| system | loaded after s | CPU s | MB on disk | of that |");
        out.println("|---|---|---|---|---|");
        for (var system : systems) {
            out.printf(
                    ROOT,
                    "| %s | %.0f | %.0f | %.0f | %s |%n",
                    system.name(),
                    system.loadWall().toMillis() / 1e3,
                    system.loadCpu().toMillis() / 1e3,
                    megabytes(
                            kept(system.disk()).values().stream().mapToLong(Long::longValue).sum()),
                    new TreeMap<>(system.disk())
                            .entrySet().stream()
                                    .map(part ->
                                            String.format(
                                                    ROOT,
                                                    "%s %.0f",
                                                    part.getKey(),
                                                    megabytes(part.getValue())))
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static Costs costs(Measured system, AskedClass one) {
        var costs = system.byClass().get(one);
        return costs == null ? new Costs() : costs;
    }

    /// Without logs that are reused and do not grow with the data.
    private static Map<String, Long> kept(Map<String, Long> disk) {
        return disk.entrySet().stream()
                .filter(part -> !part.getKey().contains("log"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static double megabytes(long bytes) {
        return bytes / 1e6;
    }

    private static void printLine(
            PrintStream out, String what, String system, Costs costs, Costs ours) {
        out.printf(
                ROOT,
                "| %s | %s | %,d | %.1f | %.2f | %.1f | %.1f | %d of %d | %.3f |%n",
                what,
                system,
                costs.count(),
                costs.cpu(),
                ours.cpu() == 0 ? 0 : costs.cpu() / ours.cpu(),
                costs.wall(.5),
                costs.wall(.99),
                costs.wrong(),
                costs.judged(),
                costs.overlap());
    }
}
