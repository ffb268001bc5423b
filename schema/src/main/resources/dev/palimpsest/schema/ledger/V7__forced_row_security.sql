-- Row-level security holds for everybody, the owner of the tables as well: what the owner may do, who
-- writes, follows, verifies and backs up all spaces, is a policy that can be read, and no exemption.
-- A superuser, as our own database has for its owner, is bound by none; nothing changes that.

do $$
declare
    name text;
begin
    foreach name in array array['space', 'predicate', 'source', 'entity', 'assertion', 'fact_version',
                                'profile', 'memory', 'change'] loop
        execute format('alter table %I force row level security', name);
        execute format('create policy of_store on %I to %I using (true) with check (true)',
                       name, current_user);
    end loop;
end $$;
