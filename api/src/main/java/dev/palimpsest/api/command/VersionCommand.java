package dev.palimpsest.api.command;

import dev.palimpsest.api.DataFolder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Says which Palimpsest this is.
@Command(
        name = "version",
        description = "Say which Palimpsest, Java and data format this is.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        lines().forEach(System.out::println);
        return 0;
    }

    /// What `version` and `--version` print.
    static List<String> lines() {
        return List.of(
                "palimpsest %s, data format %d".formatted(version(), DataFolder.FORMAT),
                "Java %s (%s), %s %s"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.vendor"),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch")));
    }

    static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
