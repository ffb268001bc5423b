package dev.palimpsest.relational.server;

import java.nio.file.Path;

/// Starts the server of a folder, prints its process id and its address, and waits for the end.
final class ServeUntilKilled {

    private ServeUntilKilled() {}

    public static void main(String[] arguments) throws InterruptedException {
        var server = PostgresServer.start(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println(server.pid());
        System.out.println(server.jdbcUrl());
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }
}
