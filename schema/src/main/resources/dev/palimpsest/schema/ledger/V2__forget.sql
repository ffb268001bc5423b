-- Forgetting. What is forgotten is deleted from the state tables in one transaction; what stays of
-- it is here, and none of it can be read.

-- A space that was forgotten has no rows any more; it goes itself when every projection dropped it.
alter table space add column forgotten boolean not null default false;

-- A tombstone: what has this id is not taken in again, until that is lifted.
-- kind: 0 entity, 1 memory, 2 source, 3 the space itself.
create table forgotten (
    position      bigint   primary key,    -- of the forgetting
    space         integer  not null,
    kind          smallint not null,
    id_sha256     bytea    not null,       -- SHA-256 of the id in UTF-8
    reason        text     not null,
    recorded      bigint   not null,
    report        text     not null,       -- JSON: how many rows of what were touched
    cleaned       boolean  not null,       -- whether projections and free space are rid of it, too
    lifted        bigint,
    lifted_reason text
);
create unique index forgotten_id on forgotten (kind, id_sha256, space) where lifted is null;
create index forgotten_space on forgotten (space, position);
create index forgotten_uncleaned on forgotten (position) where not cleaned;

-- What projections are to drop, by number. kind: 0 entity, 3 fact version, 4 profile, 5 memory (as
-- in change), 7 space.
create table gone_row (
    position    bigint   not null,
    no          bigint   generated always as identity,
    space       integer  not null,
    kind        smallint not null,
    row_id      uuid,
    node        bigint,   -- of the entity or memory; of a fact its subject
    predicate   integer,
    object_kind smallint,
    object_node bigint,
    stays       boolean  not null default false, -- a memory that stays, with fewer mentions
    primary key (position, no)
);

-- Texts whose embeddings are to go, until they are gone: one may be computed while its text is
-- being forgotten.
create table gone_text (
    position bigint not null,
    sha256   bytea  not null,
    primary key (position, sha256)
);

create index assertion_evidence on assertion (space, evidence_memory)
    where evidence_memory is not null;
create index assertion_corrects on assertion (corrects) where corrects is not null;
create index memory_mentions on memory using gin (mentions);
