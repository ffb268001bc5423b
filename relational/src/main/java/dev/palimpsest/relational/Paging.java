package dev.palimpsest.relational;

import dev.palimpsest.port.Ledger.Page;
import dev.palimpsest.port.Ledger.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Pages by key: a page names the last key it holds, and the next begins after it.
final class Paging {

    private static final UUID LOWEST_ID = new UUID(0, 0);

    private Paging() {}

    /// A page of what was found with a limit of one more than its size.
    static <T> Page<T> page(List<T> found, PageRequest request, Function<T, String> keyOf) {
        if (found.size() <= request.size()) {
            return new Page<>(found, Optional.empty());
        }
        var elements = found.subList(0, request.size());
        return new Page<>(elements, Optional.of(keyOf.apply(elements.getLast())));
    }

    /// A place in an order by a word, a number and an id.
    record Place(String word, long number, UUID id) {

        /// Before everything.
        static final Place FIRST = new Place("", Long.MIN_VALUE, LOWEST_ID);

        /// Where a page begins.
        ///
        /// @throws IllegalArgumentException if the request names no place
        static Place after(PageRequest request) {
            return request.after().map(Place::parse).orElse(FIRST);
        }

        private static Place parse(String text) {
            var parts = text.split("~", -1);
            try {
                if (parts.length == 3) {
                    return new Place(parts[0], Long.parseLong(parts[1]), UUID.fromString(parts[2]));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("after names no page: " + text, e);
            }
            throw new IllegalArgumentException("after names no page: " + text);
        }

        @Override
        public String toString() {
            return word + "~" + number + "~" + id;
        }
    }
}
