package dev.palimpsest.relational.commit;

/// How embeddings of forgotten texts are deleted, whatever model made them.
public final class EmbeddingSql {

    /// By an array of hashes. The models are found one after the other through the primary key:
    /// there are few of them, and very many rows of each.
    public static final String DELETE =
            """
            with recursive known (model) as (
                (select model from embedding order by model limit 1)
                union all
                select (select e.model from embedding e where e.model > known.model
                        order by e.model limit 1)
                from known where known.model is not null
            )
            delete from embedding e using known, unnest(?::bytea[]) as w (sha256)
            where e.model = known.model and e.sha256 = w.sha256
            """;

    private EmbeddingSql() {}
}
