package dev.palimpsest.question;

/// Gathers the evidence for a question within a number of tokens. Safe for use by many threads.
public interface ContextMaker {

    /// @throws dev.palimpsest.port.StoreException as [Reader] says
    Context context(ContextQuestion asked);
}
