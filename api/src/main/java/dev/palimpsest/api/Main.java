package dev.palimpsest.api;

import dev.palimpsest.api.command.Commands;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The program `palimpsest`.
public final class Main {

    /// Lucene logs by itself, and greets; kept here, for settings of a logger nobody holds are
    /// forgotten.
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    private Main() {}

    public static void main(String[] arguments) {
        LUCENE.setLevel(Level.WARNING);
        System.exit(run(arguments));
    }

    /// What is no exception, such as a class that is not there, ends the process too: the threads
    /// of a store would keep it.
    private static int run(String[] arguments) {
        try {
            return Commands.run(arguments);
        } catch (Error e) {
            e.printStackTrace();
            return Failure.ASKED;
        }
    }
}
