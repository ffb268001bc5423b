-- Who did what, and who was refused. Only ever added to; each row holds the hash of the one before.
create table audit (
    no       bigint  primary key,    -- from 1, without a gap
    moment   bigint  not null,
    who      text    not null,       -- the id of a key, local, or nobody
    name     text    not null,
    method   text    not null,
    route    text    not null,       -- its pattern: no id of an entity or memory
    space    text,                   -- its name
    status   integer not null,
    items    bigint  not null,
    previous bytea   not null,       -- the sha256 of the row before; zeros before the first
    sha256   bytea   not null        -- of a JSON array of all of the above
);

create function audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only ever added to';
end
$$;
create trigger audit_rows_stay before update or delete on audit
    for each row execute function audit_stays();
create trigger audit_stays before truncate on audit
    for each statement execute function audit_stays();
