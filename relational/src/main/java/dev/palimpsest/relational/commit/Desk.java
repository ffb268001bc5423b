package dev.palimpsest.relational.commit;

/// What an item is carried out with.
record Desk(WorkingState state, Names names, Numbers numbers, Topics topics, Profiles profiles) {

    static Desk of(WorkingState state, RowReader reader, Numbers numbers) {
        var names = new Names(state, numbers);
        var topics = new Topics(state, reader);
        return new Desk(state, names, numbers, topics, new Profiles(state, names, topics));
    }
}
