package dev.palimpsest.api.wire;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param next hand it in as `cursor` to get the page after; absent on the last
/// @param bookmark the position the page was read at
public record PageBody<T>(List<T> items, @Nullable String next, String bookmark) {

    public PageBody {
        items = List.copyOf(items);
    }

    public static <T> PageBody<T> of(List<T> items, Optional<String> next, Object bookmark) {
        return new PageBody<>(items, next.orElse(null), bookmark.toString());
    }
}
