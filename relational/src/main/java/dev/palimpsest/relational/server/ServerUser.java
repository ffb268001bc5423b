package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whom the server runs as. PostgreSQL refuses to run as root, so root hands it to another.
sealed interface ServerUser {

    /// The user this process runs as.
    record Ourselves() implements ServerUser {
        @Override
        public String toString() {
            return "our own";
        }
    }

    /// An unprivileged user, by number: it needs no entry in `/etc/passwd`.
    record Unprivileged(int uid, int gid) implements ServerUser {

        /// A number that no distribution and no range of `systemd` hands out.
        static final Unprivileged NAMELESS = new Unprivileged(60_600, 60_600);

        @Override
        public String toString() {
            return "uid " + uid;
        }
    }

    /// The user for a server whose data lies, or will lie, in `data`: the owner of what is there,
    /// else the machine's own `postgres`, else a number nobody else has.
    static ServerUser of(Path data) throws IOException {
        int us = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (us != 0) {
            return new Ourselves();
        }
        if (Files.isDirectory(data)) {
            int uid = (int) Files.getAttribute(data, "unix:uid");
            int gid = (int) Files.getAttribute(data, "unix:gid");
            if (uid != 0) {
                return new Unprivileged(uid, gid);
            }
        }
        return postgresOf(Path.of("/etc/passwd")).orElse(Unprivileged.NAMELESS);
    }

    /// The user named `postgres` in a file like `/etc/passwd`.
    static Optional<Unprivileged> postgresOf(Path users) throws IOException {
        if (!Files.isReadable(users)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(users)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(field -> field.length > 3 && field[0].equals("postgres"))
                    .filter(field -> !field[2].equals("0"))
                    .map(f -> new Unprivileged(Integer.parseInt(f[2]), Integer.parseInt(f[3])))
                    .findFirst();
        }
    }

    /// `command`, to be run as this user, and told to stop when the thread that starts it ends.
    ///
    /// It gets a session of its own, so that Ctrl-C in a terminal reaches us and not the server.
    default List<String> untilWeEnd(List<String> command) {
        var whole = new ArrayList<String>();
        whole.add(tool("setsid"));
        whole.add(tool("setpriv"));
        whole.addAll(identity());
        whole.addAll(List.of("--pdeathsig", "INT", "--"));
        whole.addAll(command);
        return whole;
    }

    /// `command`, to be run as this user.
    default List<String> run(List<String> command) {
        if (identity().isEmpty()) {
            return command;
        }
        var whole = new ArrayList<String>();
        whole.add(tool("setpriv"));
        whole.addAll(identity());
        whole.add("--");
        whole.addAll(command);
        return whole;
    }

    /// Makes this user the owner of a file or folder that we made.
    default void own(Path path) throws IOException {
        if (this instanceof Unprivileged(int uid, int gid)) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", gid);
        }
    }

    /// Fails with one clear line when this user cannot get at a folder or a program.
    default void mustReach(Path path) {
        var test = List.of("sh", "-c", "test -x \"$1\"", "sh", path.toString());
        if (Commands.run(run(test)).exit() != 0) {
            throw new StoreException.Unavailable(
                    "the database's user ("
                            + this
                            + ") cannot reach "
                            + path
                            + closedFolderAbove(path)
                                    .map(ServerUser::howToOpen)
                                    .orElse(": is it on a disk mounted noexec?"));
        }
    }

    private List<String> identity() {
        return switch (this) {
            case Ourselves _ -> List.of();
            case Unprivileged(int uid, int gid) ->
                    List.of("--reuid=" + uid, "--regid=" + gid, "--clear-groups");
        };
    }

    private static String howToOpen(Path closed) {
        return ": " + closed + " is closed to others; choose another folder with --data";
    }

    private static Optional<Path> closedFolderAbove(Path path) {
        for (Path above = path.toAbsolutePath(); above != null; above = above.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(above)
                        .contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return Optional.of(above);
                }
            } catch (IOException e) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    private static String tool(String name) {
        return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() ->
                        new StoreException.Unavailable(
                                "the program "
                                        + name
                                        + " is missing: install util-linux, or name a"
                                        + " server with --postgres-url"));
    }
}
