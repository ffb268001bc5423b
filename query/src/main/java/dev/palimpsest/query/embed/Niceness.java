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

    /// `PRIO_PROCESS`; on Linux, and only there, that is a thread.
    private static final int OF_THREAD = 0;

    private static final int CALLING = 0;

    /// Beside a thread of the usual niceness, about a tenth of a core.
    private static final int BACKGROUND = 10;

    private static final Optional<MethodHandle> SET = isLinux() ? setPriority() : Optional.empty();

    private Niceness() {}

    /// Lets the calling thread have the processor after others, for good. Does nothing where that
    /// is not Linux or not allowed: it is then as urgent as all.
    static void yieldToOthers() {
        SET.ifPresent(Niceness::yieldToOthers);
    }

    private static void yieldToOthers(MethodHandle set) {
        try {
            int failed = (int) set.invokeExact(OF_THREAD, CALLING, BACKGROUND);
            if (failed != 0) {
                LOG.debug("a background thread may not be made less urgent");
            }
        } catch (Throwable e) { // what a method handle throws is not known
            LOG.debug("a background thread cannot be made less urgent", e);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    @SuppressWarnings("restricted") // what is called takes three numbers and gives one
    private static Optional<MethodHandle> setPriority() {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("setpriority")
                .map(address ->
                        linker.downcallHandle(
                                address,
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT)));
    }
}
