package dev.palimpsest.datasets.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// What figures depend on: the day, the machine, the flags and the command.
public final class Circumstances {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Circumstances() {}

    /// In lines to print above the figures.
    public static List<String> lines(CommandSpec command, Path folder) throws IOException {
        return List.of(
                "command  palimpsest " + words(command),
                "date     " + Instant.now().truncatedTo(ChronoUnit.MINUTES),
                String.format(
                        Locale.ROOT,
                        "machine  %d cores (%s), %.1f GB; %s %s; data folder on %s; load %.1f",
                        SYSTEM.getAvailableProcessors(),
                        processor(),
                        SYSTEM.getTotalMemorySize() / 1e9,
                        SYSTEM.getName(),
                        SYSTEM.getArch(),
                        Files.getFileStore(folder).type(),
                        load()),
                String.format(
                        Locale.ROOT,
                        "java     %s, heap at most %,d MB, %s",
                        Runtime.version(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        String.join(
                                " ", ManagementFactory.getRuntimeMXBean().getInputArguments())));
    }

    /// How many threads of the whole machine wanted to run, over the last minute; below the number
    /// of cores it was quiet.
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }

    private static String words(CommandSpec command) {
        return String.join(" ", command.root().commandLine().getParseResult().originalArgs());
    }

    private static String processor() throws IOException {
        var file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
