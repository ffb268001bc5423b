package dev.palimpsest.api;

import dev.palimpsest.api.command.Commands;

/// The program `palimpsest`.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Commands.run(arguments));
    }
}
