package dev.palimpsest.datasets.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// CPU time used so far.
///
/// @param program by this process: the store, and the clients of the benchmark
/// @param database by the processes it started: its own PostgreSQL, those left out that have ended
public record CpuTime(Duration program, Duration database) {

    static final CpuTime NONE = new CpuTime(Duration.ZERO, Duration.ZERO);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    public static CpuTime now() {
        return new CpuTime(
                Duration.ofNanos(SYSTEM.getProcessCpuTime()),
                ProcessHandle.current()
                        .descendants()
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .reduce(Duration.ZERO, Duration::plus));
    }

    /// By this process alone: found at once, while [#now] looks through all processes.
    public static Duration ofThisProgram() {
        return Duration.ofNanos(SYSTEM.getProcessCpuTime());
    }

    /// By the calling thread, which must be a platform thread.
    public static Duration ofThisThread() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    public CpuTime since(CpuTime earlier) {
        return new CpuTime(program.minus(earlier.program), database.minus(earlier.database));
    }

    CpuTime plus(CpuTime other) {
        return new CpuTime(program.plus(other.program), database.plus(other.database));
    }

    /// Without what clients in this process used themselves.
    CpuTime without(Duration clients) {
        return new CpuTime(program.minus(clients), database);
    }

    public Duration total() {
        return program.plus(database);
    }
}
