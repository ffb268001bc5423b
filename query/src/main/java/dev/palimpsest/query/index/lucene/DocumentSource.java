package dev.palimpsest.query.index.lucene;

import dev.palimpsest.port.Row;
import java.util.List;
import org.apache.lucene.document.Document;

/// Makes the documents of an index.
interface DocumentSource {

    /// The number of the layout of these documents. An index on disk of another is not read but
    /// made again.
    int layout();

    /// Whether the index has a document for a row.
    boolean holds(Row row);

    /// One document per row, in order; all rows are held.
    List<Document> of(List<Row> rows);
}
