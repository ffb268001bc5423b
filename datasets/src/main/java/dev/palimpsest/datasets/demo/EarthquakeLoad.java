package dev.palimpsest.datasets.demo;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.command.Progress;
import dev.palimpsest.datasets.earthquakes.EarthquakeItems;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.model.Space;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The week of earthquakes on its way into the store. Loading it again changes nothing.
///
/// @param written items that were new
/// @param unchanged items that were there
public record EarthquakeLoad(long written, long unchanged) {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /// Writes what is not there, and waits until it can be found by its meaning, too.
    public static EarthquakeLoad into(WriteDoor door) {
        door.makeSpace(new Space(EarthquakeItems.SPACE, false));
        var items = EarthquakeItems.all();
        var load = new EarthquakeLoad(0, 0);
        try (var progress = Progress.ofItems("loading", items.size(), "items")) {
            for (int from = 0; from < items.size(); from += WriteRequest.MOST_ITEMS) {
                int to = Math.min(from + WriteRequest.MOST_ITEMS, items.size());
                var level = to == items.size() ? Level.EMBEDDED : Level.DURABLE;
                load = load.with(write(door, items.subList(from, to), level));
                progress.step(to, to);
            }
        }
        return load;
    }

    private static List<Outcome> write(WriteDoor door, List<WriteItem> items, Level level) {
        var request = new WriteRequest(EarthquakeItems.SPACE, items, false, Optional.empty());
        var receipt = door.write(request, level, LONGEST_WAIT);
        if (!receipt.visible()) {
            throw Failure.asked("the earthquakes are not findable after " + LONGEST_WAIT);
        }
        return receipt.result().outcomes();
    }

    private EarthquakeLoad with(List<Outcome> outcomes) {
        long nowWritten = written;
        long nowUnchanged = unchanged;
        for (var outcome : outcomes) {
            switch (outcome) {
                case Outcome.Written _, Outcome.Defined _ -> nowWritten++;
                case Outcome.Unchanged _ -> nowUnchanged++;
                case Outcome.Refused(var refusal) ->
                        throw Failure.asked(
                                "the space "
                                        + EarthquakeItems.SPACE
                                        + " holds something else ("
                                        + refusal.field()
                                        + " "
                                        + refusal.rule()
                                        + "); run the demo in another folder with --data");
            }
        }
        return new EarthquakeLoad(nowWritten, nowUnchanged);
    }
}
