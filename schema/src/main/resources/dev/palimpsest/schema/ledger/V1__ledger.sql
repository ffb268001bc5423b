-- The ledger. State tables hold what was said and what is believed, change lists their order.
--
-- Every moment is a bigint of microseconds since 1970; the largest bigint is an end that has not
-- come. moment() turns one into a timestamptz for people. Rows are inserted once; the only UPDATE is
-- the closing of recorded_until/until_position, once.

create function moment(micros bigint) returns timestamptz
    language sql immutable strict parallel safe
    return case micros
        when 9223372036854775807 then 'infinity'::timestamptz
        else '1970-01-01 00:00:00+00'::timestamptz
             + (micros / 1000000) * interval '1 second' + (micros % 1000000) * interval '1 microsecond'
    end;

-- One row per partition of the ledger; its committer holds the advisory lock of that number.
create table ledger (
    partition      smallint primary key,
    epoch          uuid     not null,
    last_position  bigint   not null,
    last_recorded  bigint   not null,
    last_node      bigint   not null
);
insert into ledger values (0, gen_random_uuid(), 0, -9223372036854775808, 0);

create table space (
    no        integer generated always as identity primary key,
    id        text     not null unique,
    strict    boolean  not null,
    partition smallint not null references ledger
);

create table predicate (
    no          integer generated always as identity primary key,
    space       integer  not null references space,
    name        text     not null,
    functional  boolean  not null,
    causal      boolean  not null,
    "symmetric" boolean  not null,
    inverse     text,
    object_kind smallint,
    registered  boolean  not null, -- false: by its first use
    kinds_used  smallint not null, -- of objects it was ever asserted with: bit n is ObjectKind n
    position    bigint   not null,
    unique (space, name)
);

create table source (
    no          integer generated always as identity primary key,
    space       integer not null references space,
    id          text    not null,
    kind        text,
    description text,
    position    bigint  not null,
    unique (space, id)
);

-- node: one dense number for entities and memories; the graph's vertex ids are made from it.
create table entity (
    node     bigint  primary key,
    space    integer not null references space,
    id       text    not null,
    position bigint  not null,
    recorded bigint  not null,
    unique (space, id)
);

-- What was said, by whom. object_kind: the ordinal of ObjectKind; object: its canonical text.
-- valid_end: A at valid_until, O open, U unknown and at the latest valid_until.
-- said: the position at which it was first said; remainders of a superseded row keep it.
create table assertion (
    id             uuid     not null,
    space          integer  not null,
    fact           uuid     not null,
    subject        bigint   not null,
    predicate      integer  not null,
    object_kind    smallint not null,
    object         text     not null,
    object_node    bigint,
    valid_from     bigint   not null,
    valid_until    bigint   not null,
    valid_end      "char"   not null,
    source         integer  not null,
    confidence     double precision,
    strength       double precision,
    delay_mean     double precision, -- seconds
    delay_sd       double precision, -- seconds
    statement      text,
    evidence_memory text,
    evidence_quote  text,
    evidence_offset integer,
    said           bigint   not null,
    reason         text,             -- why it took the place of another, if it was a correction
    corrects       uuid,             -- the fact that was corrected
    from_position  bigint   not null,
    recorded_from  bigint   not null,
    until_position bigint   not null default 9223372036854775807,
    recorded_until bigint   not null default 9223372036854775807,
    closed_reason  text,             -- why it was retracted, if it was
    primary key (from_position, id)
) partition by range (from_position);
-- valid_until: of a long series about one subject only what a write touches is read.
create index assertion_about on assertion (subject, predicate, until_position, valid_until);
create index assertion_fact on assertion (fact, until_position);

-- What is believed, derived from assertions in the same transaction.
create table fact_version (
    id             uuid     not null,
    space          integer  not null,
    fact           uuid     not null,
    subject        bigint   not null,
    predicate      integer  not null,
    object_kind    smallint not null,
    object         text     not null,
    object_node    bigint,
    valid_from     bigint   not null,
    valid_until    bigint   not null,
    valid_end      "char"   not null,
    confidence     double precision,
    strength       double precision,
    delay_mean     double precision,
    delay_sd       double precision,
    statement      text,
    from_position  bigint   not null,
    recorded_from  bigint   not null,
    until_position bigint   not null default 9223372036854775807,
    recorded_until bigint   not null default 9223372036854775807,
    primary key (from_position, id)
) partition by range (from_position);
create index fact_version_about
    on fact_version (subject, predicate, until_position, valid_until);
create index fact_version_to on fact_version (object_node, until_position) where object_node is not null;
create index fact_version_fact on fact_version (fact, until_position);
create index fact_version_id on fact_version (id);

-- What is believed of an entity's type, names, description, place and existence.
create table profile (
    id             uuid    not null,
    space          integer not null,
    entity         bigint  not null,
    type           text    not null,
    name           text,
    aliases        text[]  not null,
    description    text,
    latitude       double precision,
    longitude      double precision,
    exists_from    bigint,
    exists_until   bigint,
    exists_end     "char",
    from_position  bigint  not null,
    recorded_from  bigint  not null,
    until_position bigint  not null default 9223372036854775807,
    recorded_until bigint  not null default 9223372036854775807,
    primary key (from_position, id)
) partition by range (from_position);
create index profile_entity on profile (entity, until_position);
create index profile_type on profile (space, type, until_position);
create index profile_id on profile (id);

create table memory (
    row_id         uuid    not null,
    node           bigint  not null,
    space          integer not null,
    id             text    not null,
    text           text    not null,
    occurred       bigint,
    agent          text,
    session        text,
    speaker        text,
    latitude       double precision,
    longitude      double precision,
    mentions       bigint[] not null, -- nodes
    source         integer not null,
    metadata       text    not null,  -- canonical JSON
    content_hash   bytea   not null,  -- SHA-256 of all that the caller gave
    from_position  bigint  not null,
    recorded_from  bigint  not null,
    until_position bigint  not null default 9223372036854775807,
    recorded_until bigint  not null default 9223372036854775807,
    primary key (from_position, row_id)
) partition by range (from_position);
create index memory_id on memory (space, id);
create index memory_row on memory (row_id);
create index memory_session on memory (space, session, occurred) where session is not null;

-- The order. A position is one write; it touches rows of one space at one recorded time, and within
-- a space recorded rises with position. Making a space takes no position.
-- kind: 0 entity, 1 predicate, 2 assertion, 3 fact version, 4 profile, 5 memory, 6 source.
-- row_id: the row's uuid, or for entity, predicate and source its number in the low half;
-- row_position: the from_position of that row, by which its partition is found.
create table change (
    position     bigint   not null,
    ordinal      integer  not null,
    space        integer  not null,
    recorded     bigint   not null,
    kind         smallint not null,
    row_id       uuid     not null,
    row_position bigint   not null,
    primary key (position, ordinal)
) partition by range (position);
create index change_recorded on change (space, recorded, position);

-- Partitions are ranges of 16,777,216 positions; the committer keeps three ahead of the head. Each
-- is made aside and attached: that waits for no reader, `create table ... partition of` would.
create function make_ledger_partition(number bigint) returns void language plpgsql as $$
declare
    low  constant bigint := number * 16777216;
    high constant bigint := low + 16777216;
    name text;
begin
    foreach name in array array['assertion', 'fact_version', 'profile', 'memory', 'change'] loop
        if to_regclass(format('%I', name || '_p' || number)) is null then
            execute format('create table %I (like %I including all)', name || '_p' || number, name);
            execute format('alter table %I attach partition %I for values from (%s) to (%s)',
                           name, name || '_p' || number, low, high);
        end if;
    end loop;
end $$;
select make_ledger_partition(number) from generate_series(0, 2) number;

-- Answers kept for seven days, so that a request sent twice is carried out once.
create table idempotency (
    space     integer not null references space,
    key       text    not null,
    body_hash text    not null,
    answer    text    not null, -- JSON
    recorded  bigint  not null,
    primary key (space, key)
);
create index idempotency_recorded on idempotency (recorded);

create table embedding (
    model  text  not null,
    sha256 bytea not null, -- of the text in UTF-8
    vector bytea not null, -- one signed byte per dimension
    primary key (model, sha256)
);
