package dev.palimpsest.relational.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settings our server starts with. `alter system` overrides all but where it listens.
///
/// Every value exists in the PostgreSQL that comes along, which was built without lz4, zstd and
/// io_uring: naming one of these would stop it from starting.
final class ServerSettings {

    static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry("fsync", "on"),
                    Map.entry("synchronous_commit", "on"),
                    Map.entry("full_page_writes", "on"),
                    Map.entry("wal_level", "replica"),
                    Map.entry("max_wal_size", "1GB"),
                    Map.entry("max_connections", "40"),
                    Map.entry("shared_buffers", "256MB"),
                    Map.entry("effective_cache_size", "1GB"),
                    Map.entry("work_mem", "16MB"),
                    Map.entry("maintenance_work_mem", "128MB"),
                    Map.entry("random_page_cost", "1.1"),
                    Map.entry("jit", "off"),
                    Map.entry("max_parallel_workers_per_gather", "0"),
                    Map.entry("idle_in_transaction_session_timeout", "10min"),
                    Map.entry("password_encryption", "scram-sha-256"),
                    Map.entry("log_checkpoints", "off"),
                    Map.entry("log_timezone", "UTC"),
                    Map.entry("TimeZone", "UTC"),
                    Map.entry("lc_messages", "C"),
                    Map.entry("unix_socket_directories", ""));

    private ServerSettings() {}

    /// The settings as PostgreSQL reads them from a file.
    static String asFile() {
        return new TreeMap<>(ALL)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + " = '" + setting.getValue() + "'\n")
                        .collect(
                                Collectors.joining(
                                        "",
                                        "# Written anew at each start; use alter system.\n",
                                        ""));
    }
}
