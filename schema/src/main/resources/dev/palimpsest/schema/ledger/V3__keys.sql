-- Keys. Of a key's text only the hash is kept: nobody can make the text of it.
create table access_key (
    id      text   primary key,    -- the first part of its text
    name    text   not null,
    sha256  bytea  not null,       -- of its whole text
    scopes  text[] not null,       -- of read, write, admin, approve
    spaces  text[],                -- their names; null for all
    created bigint not null,
    expires bigint,
    revoked bigint
);
create index access_key_created on access_key (created, id);
