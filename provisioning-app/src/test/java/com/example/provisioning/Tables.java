package com.example.provisioning;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tables as their owner sees them, past the application. */
@TestComponent
public class Tables {

    private final JdbcClient owner;

    Tables(FlywayConnectionDetails connection) {
        this.owner = JdbcClient.create(new SingleConnectionDataSource(
                connection.getJdbcUrl(), connection.getUsername(), connection.getPassword(), true));
    }

    public JdbcClient.StatementSpec sql(String sql) {
        return owner.sql(sql);
    }

    /** Until a session of the application's waits for a lock that somebody else holds. */
    public void awaitOneWhoWaits() {
        await().atMost(10, SECONDS).until(() -> owner.sql("""
                        select exists (select from pg_locks l join pg_stat_activity a using (pid)
                                        where not l.granted and a.datname = current_database())
                        """).query(Boolean.class).single());
    }

    /** Every row with the transaction that wrote it: two equal answers mean that nothing was written in between. */
    public List<String> everything() {
        return owner.sql("""
                        select 'organization ' || xmin || ' ' || t::text from organization t
                        union all select 'workspace ' || xmin || ' ' || t::text from workspace t
                        union all select 'app_user ' || xmin || ' ' || t::text from app_user t
                        union all select 'membership ' || xmin || ' ' || t::text from membership t
                        union all select 'audit_entry ' || xmin || ' ' || t::text from audit_entry t
                        order by 1
                        """).query(String.class).list();
    }

    /** One line for each table of the application: two equal answers mean that no row came, went or changed. */
    public List<String> fingerprint() {
        var tables = owner.sql("""
                        select format(
                                   'select %1$L || '' '' || count(*) || '' '' || coalesce(sum(xmin::text::bigint), 0)'
                                       ' from %1$I',
                                   tablename)
                          from pg_tables
                         where schemaname = 'public' and tablename <> 'flyway_schema_history'
                           and tablename not like 'spring_session%'
                         order by tablename
                        """).query(String.class).list();
        return owner.sql(String.join(" union all ", tables)).query(String.class).list();
    }
}
