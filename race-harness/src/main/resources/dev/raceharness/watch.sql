-- Counts what racers do to one table, in three tables of the harness. The statistics of the first two also count what was
-- rolled back; the rows of the third are there only if the racer committed.
--
--   attempted_n  a row for each row that is to be inserted, and for each UPDATE or DELETE
--   written_n    a row for each of these that did something to the table
--   kept_n       a row for each row that was inserted, updated or deleted
--
-- An upsert is an INSERT whose row may also get in by an update; so is a MERGE that can insert.
--
--   race.schema, race.key  as for install.sql
--   race.watch             number of this watch
--   race.table             the table, as SQL names it
--   race.operations        what counts as an attempt: INSERT, UPDATE, DELETE, separated by blanks
--   race.armed_if          SQL condition under which a session takes part
DO $watch$
DECLARE
    schema text := current_setting('race.schema');
    watch text := current_setting('race.watch');
    watched regclass := current_setting('race.table')::regclass;
    operations text := current_setting('race.operations');
    -- The setting in which the triggers of a statement find what kind of statement it is.
    statement text := 'race.statement_' || watch;
    -- A row of a plain INSERT has shown that there is no upsert.
    still_open text := format($$ AND pg_catalog.current_setting(%L, true) <> 'PLAIN INSERT'$$, statement);
    not_held text := $$ AND (pg_catalog.current_setting('race.held', true) = '') IS NOT FALSE$$;
    moment record;
    enabled text[] := '{}';
BEGIN
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I ()', schema, 'attempted_' || watch);
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I ()', schema, 'written_' || watch);
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I (backend int, operation varchar(6))', schema, 'kept_' || watch);

    FOR moment IN
        -- Flushed, the statistics are exact as soon as the transaction has ended, also in a pooled session. What is noted is
        -- the same for all watches: install.sql has it.
        SELECT m.name || CASE WHEN m.action IS NULL THEN '' ELSE '_' || watch END AS function,
            format('~%s_%s_%s %s', schema, m.name, watch, lower(m.event)) AS trigger, m.event, m.level,
            current_setting('race.armed_if') || m.condition AS condition, m.action
        FROM (VALUES
            ('begins', 'BEFORE INSERT OR UPDATE OR DELETE', 'STATEMENT', '', $action$
                PERFORM pg_stat_force_next_flush(), set_config(%2$L, CASE
                    WHEN TG_OP <> 'INSERT' AND current_setting(%2$L, true) IN ('INSERT', 'UPSERT') AND %3$L LIKE '%%INSERT%%'
                    THEN 'UPSERT' ELSE TG_OP END, true);
                IF TG_OP <> 'INSERT' AND TG_OP = current_setting(%2$L) AND %3$L LIKE '%%' || TG_OP || '%%' THEN
                    INSERT INTO %1$I.attempted_%4$s DEFAULT VALUES;
                END IF;$action$),
            ('attempts', 'BEFORE INSERT', 'ROW', '', $action$
                PERFORM pg_stat_force_next_flush(), set_config(%2$L, CASE current_setting(%2$L, true)
                    WHEN 'INSERT' THEN 'PLAIN INSERT' ELSE current_setting(%2$L, true) END, true);
                INSERT INTO %1$I.attempted_%4$s DEFAULT VALUES;
                RETURN NEW;$action$),
            ('changes', 'AFTER INSERT OR UPDATE OR DELETE', 'ROW', '', $action$
                INSERT INTO %1$I.kept_%4$s VALUES (pg_backend_pid(), TG_OP);
                IF current_setting(%2$L, true) = 'UPSERT'
                        OR TG_OP IN ('INSERT', current_setting(%2$L, true)) AND %3$L LIKE '%%' || TG_OP || '%%' THEN
                    INSERT INTO %1$I.written_%4$s DEFAULT VALUES;
                END IF;
                IF current_setting(%2$L, true) IN ('UPDATE', 'DELETE') THEN
                    PERFORM set_config(%2$L, 'COUNTED', true);
                END IF;$action$),
            ('ends', 'AFTER INSERT', 'STATEMENT', still_open, $action$
                PERFORM set_config(%2$L, '', true);$action$),
            ('note', 'BEFORE INSERT', 'ROW', not_held, NULL),
            ('note', 'BEFORE UPDATE OR DELETE', 'STATEMENT', not_held, NULL)) AS m (name, event, level, condition, action)
        WHERE m.name <> 'attempts' OR operations LIKE '%INSERT%'
    LOOP
        IF moment.action IS NOT NULL THEN
            EXECUTE format(
                'CREATE FUNCTION %1$I.%2$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER'
                ' SET search_path = pg_catalog, pg_temp AS %3$L', schema, moment.function, format(
                'BEGIN' || moment.action || ' RETURN NULL; END', schema, statement, operations, watch));
        END IF;
        EXECUTE format('CREATE TRIGGER %I %s ON %s FOR EACH %s WHEN (%s) EXECUTE FUNCTION %I.%I()',
                       moment.trigger, moment.event, watched, moment.level, moment.condition, schema,
                       moment.function);
        enabled := enabled || format('ENABLE ALWAYS TRIGGER %I', moment.trigger);
    END LOOP;
    EXECUTE format('ALTER TABLE %s %s', watched, array_to_string(enabled, ', '));
END $watch$;
