package dev.palimpsest.api.client;

import dev.palimpsest.api.wire.PageBody;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Walks through a list page by page, as far as somebody wants it.
final class Pages<T> implements Iterator<T> {

    private final Function<Optional<String>, PageBody<T>> reader;
    private Iterator<T> page;
    private Optional<String> next;

    private Pages(Function<Optional<String>, PageBody<T>> reader, PageBody<T> first) {
        this.reader = reader;
        this.page = first.items().iterator();
        this.next = Optional.ofNullable(first.next());
    }

    /// @param reader reads the page at a cursor; the first if there is none
    static <T> Stream<T> stream(Function<Optional<String>, PageBody<T>> reader) {
        var pages = new Pages<>(reader, reader.apply(Optional.empty()));
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        pages, Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && next.isPresent()) {
            var read = reader.apply(next);
            page = read.items().iterator();
            next = Optional.ofNullable(read.next());
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the list has ended");
        }
        return page.next();
    }
}
