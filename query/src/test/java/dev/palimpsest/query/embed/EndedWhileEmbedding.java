package dev.palimpsest.query.embed;

/// A process that is told to end and then embeds once more, as threads of a server do that have not
/// come to an end yet. Ends with 7.
final class EndedWhileEmbedding {

    private EndedWhileEmbedding() {}

    public static void main(String[] none) {
        var embedder = new MiniLmEmbedder();
        embedder.embed("one word");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> embedOnceMore(embedder)));
        System.exit(7);
    }

    /// When the other hooks have run: a text so long that the runtime needs more room for it.
    private static void embedOnceMore(MiniLmEmbedder embedder) {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while it ends", e);
        }
        embedder.embed("one word ".repeat(MiniLmEmbedder.MAX_PIECES));
        System.out.println("embedded");
        embedder.close();
    }
}
