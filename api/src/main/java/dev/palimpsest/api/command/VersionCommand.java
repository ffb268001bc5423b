package dev.palimpsest.api.command;

import dev.palimpsest.api.DataFolder;
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
        System.out.printf(
                "palimpsest %s, data format %d%nJava %s (%s), %s %s%n",
                version(),
                DataFolder.FORMAT,
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        return 0;
    }

    static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
