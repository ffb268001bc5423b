package dev.palimpsest.datasets.bench;

import dev.palimpsest.datasets.earthquakes.EarthquakeItems;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.model.Space;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The week of earthquakes, written into a store that does not hold it.
final class LoadedWeek {

    private LoadedWeek() {}

    /// Writes the week durably.
    ///
    /// @return how many writes that were
    static int into(WriteDoor door) {
        door.makeSpace(new Space(EarthquakeItems.SPACE, false));
        List<WriteItem> items = EarthquakeItems.all();
        for (int from = 0; from < items.size(); from += WriteRequest.MOST_ITEMS) {
            int until = Math.min(from + WriteRequest.MOST_ITEMS, items.size());
            var request =
                    new WriteRequest(
                            EarthquakeItems.SPACE,
                            items.subList(from, until),
                            true,
                            Optional.empty());
            door.write(request, Level.DURABLE, Duration.ZERO);
        }
        return items.size();
    }
}
