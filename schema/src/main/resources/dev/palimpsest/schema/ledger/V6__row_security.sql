-- Row-level security: who reads for one space sees no row of another, whatever a query forgets. The
-- space is told for each transaction by the setting app.space; without it nothing is seen. It binds
-- every role but the owner of these tables, which writes, follows, verifies and backs up all spaces,
-- and so is not forced upon it; reads of one space are made in the role palimpsest_reader.
--
-- A policy says `nullif(space = x, false) is not null` for `space = x`, which the planner takes to
-- hold nearly always. It does, since the queries say the same again; were that counted twice, a page
-- of 1,000 facts would be found by sorting all facts of the space, which took 16 times as long.

alter table space enable row level security;
create policy of_space on space for select
    using (nullif(id = current_setting('app.space', true), false) is not null);

do $$
declare
    name text;
begin
    foreach name in array array['predicate', 'source', 'entity', 'assertion', 'fact_version', 'profile',
                                'memory', 'change'] loop
        execute format('alter table %I enable row level security', name);
        execute format('create policy of_space on %I for select using (nullif(space ='
                       ' (select s.no from space s where s.id = current_setting(''app.space'', true)),'
                       ' false) is not null)', name);
    end loop;
end $$;
