package dev.palimpsest.relational;

import dev.palimpsest.port.StoreException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The role in which the rows of one space are read, and which sees no others.
///
/// Our own database always has it. In one that somebody else runs, its user may lack the right to
/// make roles: then reads are made as that user, and nothing but the queries keeps spaces apart,
/// until somebody makes the role and grants it.
final class RowSecurity {

    static final String ROLE = "palimpsest_reader";

    /// Makes the role and lets it read, as far as that is needed and allowed. Roles belong to the
    /// whole server, so another database may just have made it.
    private static final String PREPARE =
            """
            do $$
            begin
                if not exists (select from pg_roles where rolname = 'palimpsest_reader') then
                    begin
                        create role palimpsest_reader nologin;
                        grant palimpsest_reader to current_user;
                    exception
                        when insufficient_privilege or duplicate_object or unique_violation then null;
                    end;
                end if;
                if exists (select from pg_roles where rolname = 'palimpsest_reader')
                   and not has_table_privilege('palimpsest_reader', 'change', 'select') then
                    execute format('grant usage on schema %I to palimpsest_reader', current_schema());
                    grant select on space, predicate, source, entity, assertion, fact_version, profile,
                        memory, change to palimpsest_reader;
                end if;
            end $$
            """;

    /// The tables may have another owner now than who made them, whom alone their policy names.
    private static final String LET_THE_OWNER =
            """
            do $$
            declare
                name text;
            begin
                for name in select p.tablename from pg_policies p
                            join pg_tables t on t.schemaname = p.schemaname
                                            and t.tablename = p.tablename
                            where p.schemaname = current_schema() and p.policyname = 'of_store'
                              and t.tableowner = current_user and not current_user = any (p.roles)
                loop
                    execute format('alter policy of_store on %I to %I', name, current_user);
                end loop;
            end $$
            """;

    /// Whether row-level security hides all rows from the database's user.
    private static final String SEES_NOTHING =
            """
            select row_security_active('change') and not exists (
                select from pg_policies p, unnest(p.roles) role
                where p.schemaname = current_schema() and p.tablename = 'change'
                  and p.policyname = 'of_store' and pg_has_role(current_user, role, 'usage'))
            """;

    private static final String IS_THERE =
            """
            select coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles
                             where rolname = 'palimpsest_reader'), false)
            """;

    /// What a transaction of a space begins with.
    static final String BEGIN =
            "select set_config('role', '" + ROLE + "', true), set_config('app.space', ?, true);\n";

    private static final Logger LOG = LoggerFactory.getLogger(RowSecurity.class);

    private RowSecurity() {}

    static void prepare(DataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(PREPARE);
            statement.execute(LET_THE_OWNER);
        } catch (SQLException e) {
            throw SqlFailure.of("prepare the role " + ROLE, e);
        }
        requireToSee(new Reads(source));
        if (!isThere(new Reads(source))) {
            LOG.warn(
                    "the database's user may not make the role {}: only our queries keep spaces apart"
                            + " in reads, until an administrator of PostgreSQL makes it and grants"
                            + " it to that user",
                    ROLE);
        }
    }

    private static void requireToSee(Reads reads) {
        boolean none =
                reads.first("look for the policy of_store", SEES_NOTHING, row -> row.getBoolean(1))
                        .orElse(true);
        if (none) {
            throw new StoreException.Unavailable(
                    "the database's user does not own the ledger's tables and no policy lets it see"
                            + " their rows: have the owner say, of each: alter policy of_store on"
                            + " TABLE to USER");
        }
    }

    /// Whether reads can be made in the role.
    static boolean isThere(Reads reads) {
        return reads.first("look for the role " + ROLE, IS_THERE, row -> row.getBoolean(1))
                .orElse(false);
    }
}
