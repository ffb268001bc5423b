package dev.palimpsest.relational.commit;

/// A name that is unique only in its space.
record InSpace<I>(int space, I id) {

    /// As of any record, of which Java makes it at run time: of every row of a batch that is too
    /// slow until it is compiled.
    @Override
    public boolean equals(Object other) {
        return other instanceof InSpace<?> name && space == name.space && id.equals(name.id);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + space;
    }
}
