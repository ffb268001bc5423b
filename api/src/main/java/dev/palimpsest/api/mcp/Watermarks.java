package dev.palimpsest.api.mcp;

import dev.palimpsest.time.Bookmark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The last write of each session, so that an agent always reads what it wrote itself.
final class Watermarks {

    /// Sessions whose last write is known; of more, those that wrote last.
    private static final int MOST_SESSIONS = 10_000;

    private final Map<String, Bookmark> bySession =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bookmark> eldest) {
                    return size() > MOST_SESSIONS;
                }
            };

    synchronized Optional<Bookmark> of(String session) {
        return Optional.ofNullable(bySession.get(session));
    }

    synchronized void wrote(String session, Bookmark at) {
        var known = bySession.remove(session);
        boolean isLater =
                known == null
                        || !known.epoch().equals(at.epoch())
                        || known.position().isBefore(at.position());
        bySession.put(session, isLater ? at : known);
    }
}
