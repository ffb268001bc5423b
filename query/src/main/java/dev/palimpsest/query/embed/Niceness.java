package dev.palimpsest.query.embed;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much of the processor a thread gives to others. Java's own thread priorities do nothing on
/// Linux without flags and rights.
final class Niceness {

    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    /// More than the process has: beside a thread of its own, about a tenth of a core.
    private static final int MORE = 10;

    private static final Optional<MethodHandle> NICE = isLinux() ? nice() : Optional.empty();

    private Niceness() {}

    /// Lets the calling thread have the processor after others of this process, for good. Does
    /// nothing where that is not Linux, whose `nice` is of a thread, or not allowed.
    static void yieldToOthers() {
        NICE.ifPresent(Niceness::yieldToOthers);
    }

    private static void yieldToOthers(MethodHandle nice) {
        try {
            int now = (int) nice.invokeExact(MORE);
            LOG.debug("a background thread has niceness {}", now);
        } catch (Throwable e) { // what a method handle throws is not known
            LOG.debug("a background thread cannot be made less urgent", e);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    @SuppressWarnings("restricted") // what is called takes a number and gives one
    private static Optional<MethodHandle> nice() {
        try {
            var linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("nice")
                    .map(address ->
                            linker.downcallHandle(
                                    address,
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
        } catch (RuntimeException e) {
            LOG.debug("native code cannot be called, so no thread is made less urgent", e);
            return Optional.empty();
        }
    }
}
