package dev.palimpsest.query.index.lucene;

import dev.palimpsest.disk.Durably;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The file that says up to where the indexes of all spaces are complete on disk. It is replaced as
/// a whole, after the indexes were committed.
final class CheckpointFile {

    /// What a file without a layout is of.
    static final int FIRST_LAYOUT = 1;

    private static final String NAME = "checkpoint";
    private static final String LAYOUT = "layout ";
    private static final String EPOCH = "epoch ";
    private static final String POSITION = "position ";
    private static final String SPACE = "space ";

    private final String index;
    private final Path folder;
    private final int layout;

    /// @param index named in failures
    /// @param layout of the documents in the indexes
    CheckpointFile(String index, Path folder, int layout) {
        this.index = index;
        this.folder = folder;
        this.layout = layout;
    }

    /// What is complete.
    ///
    /// @param commits of each space ever committed, the position that its index on disk must have
    ///   reached; one that has not was lost or put back from an older copy
    record State(Checkpoint upTo, Map<SpaceId, Long> commits) {
        State {
            commits = Map.copyOf(commits);
        }
    }

    /// What is complete; empty if nothing is, or in another layout only.
    ///
    /// @throws StoreException.Corrupt if there is a file and no sense in it
    /// @throws StoreException.Unavailable if it cannot be read now
    Optional<State> read() {
        Path file = folder.resolve(NAME);
        try {
            int found = FIRST_LAYOUT;
            UUID epoch = null;
            Position position = null;
            var commits = new TreeMap<SpaceId, Long>(SpaceIndexes.BY_NAME);
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(LAYOUT)) {
                    found = Integer.parseInt(line.substring(LAYOUT.length()));
                } else if (line.startsWith(EPOCH)) {
                    epoch = UUID.fromString(line.substring(EPOCH.length()));
                } else if (line.startsWith(POSITION)) {
                    position = new Position(Long.parseLong(line.substring(POSITION.length())));
                } else {
                    String[] parts = line.split(" ", 3);
                    if (!line.startsWith(SPACE) || parts.length != 3) {
                        throw new IllegalArgumentException("unknown line: " + line);
                    }
                    commits.put(new SpaceId(parts[1]), Long.parseLong(parts[2]));
                }
            }
            if (epoch == null || position == null) {
                throw new IllegalArgumentException("epoch or position is missing");
            }
            return found == layout
                    ? Optional.of(new State(new Checkpoint(epoch, position), commits))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new StoreException.Corrupt(
                    "the checkpoint of index " + index + " is damaged; the index is built again",
                    e);
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "the checkpoint of index " + index + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(State state) throws IOException {
        var text = new StringBuilder();
        text.append(LAYOUT).append(layout).append('\n');
        text.append(EPOCH).append(state.upTo().epoch()).append('\n');
        text.append(POSITION).append(state.upTo().position().number()).append('\n');
        var sorted = new TreeMap<SpaceId, Long>(SpaceIndexes.BY_NAME);
        sorted.putAll(state.commits());
        sorted.forEach((space, at) ->
                text.append(SPACE).append(space.value()).append(' ').append(at).append('\n'));
        Durably.replace(
                folder.resolve(NAME),
                out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    void delete() throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }
}
