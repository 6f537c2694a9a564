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
    name text := 'counts_' || watch;
    kept text := 'kept_' || watch;
    written text := 'written_' || watch;
    attempted text := 'attempted_' || watch;
    noted text := 'noted_' || watch;
    not_held text := $$ AND (pg_catalog.current_setting('race.held', true) = '') IS NOT FALSE$$;
    moment record;
BEGIN
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I (backend int, operation text)', schema, kept);
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I ()', schema, written);
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I ()', schema, attempted);

    EXECUTE format($create$
        CREATE FUNCTION %1$I.%2$I() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        AS $count$
        DECLARE
            statement text := current_setting(%3$L, true);
            counts boolean := %4$L LIKE '%%' || TG_OP || '%%';
        BEGIN
            IF TG_LEVEL = 'ROW' AND TG_WHEN = 'BEFORE' THEN
                INSERT INTO %1$I.%5$I DEFAULT VALUES;
                IF statement = 'INSERT' THEN
                    PERFORM set_config(%3$L, 'PLAIN INSERT', true);
                END IF;
            ELSIF TG_LEVEL = 'ROW' THEN
                INSERT INTO %1$I.%7$I VALUES (pg_backend_pid(), TG_OP);
                IF statement = 'UPSERT' OR counts AND TG_OP IN ('INSERT', statement) THEN
                    INSERT INTO %1$I.%6$I DEFAULT VALUES;
                END IF;
                IF statement IN ('UPDATE', 'DELETE') THEN
                    PERFORM set_config(%3$L, 'COUNTED', true);
                END IF;
            ELSIF TG_WHEN = 'AFTER' THEN
                PERFORM set_config(%3$L, '', true);
            ELSE
                IF TG_OP <> 'INSERT' AND statement IN ('INSERT', 'UPSERT') AND %4$L LIKE '%%INSERT%%' THEN
                    PERFORM set_config(%3$L, 'UPSERT', true);
                ELSE
                    PERFORM set_config(%3$L, TG_OP, true);
                    IF counts AND TG_OP <> 'INSERT' THEN
                        INSERT INTO %1$I.%5$I DEFAULT VALUES;
                    END IF;
                END IF;
            END IF;
            -- The statistics are then exact as soon as this transaction has ended, also in a pooled session.
            PERFORM pg_stat_force_next_flush();
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $count$
        $create$, schema, name, 'race.statement_' || watch, current_setting('race.operations'),
        attempted, written, kept);

    -- Whoever was held in this transaction has been seen. Of anybody else the server's log tells, so that the violations of
    -- the racers can be told from those of others.
    EXECUTE format($create$
        CREATE FUNCTION %1$I.%2$I() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
        AS $note$
        BEGIN
            RAISE LOG 'race-harness: a racer writes';
            PERFORM set_config('race.held', 'nowhere', true);
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $note$
        $create$, schema, noted);

    FOR moment IN
        -- The names begin with ~ so that the triggers of the application come first. An attempt is counted before the gates
        -- hold, and whoever they did not hold is noted after them.
        SELECT m.function, m.event, m.level, format('~%s_%s %s', schema, m.function, lower(m.event)) AS trigger,
            current_setting('race.armed_if') || m.condition AS condition
        FROM (VALUES
            (name, 'BEFORE INSERT OR UPDATE OR DELETE', 'STATEMENT', ''),
            (name, 'BEFORE INSERT', 'ROW', ''),
            (name, 'AFTER INSERT OR UPDATE OR DELETE', 'ROW', ''),
            (name, 'AFTER INSERT', 'STATEMENT', ''),
            (noted, 'BEFORE INSERT', 'ROW', not_held),
            (noted, 'BEFORE UPDATE OR DELETE', 'STATEMENT', not_held)) AS m (function, event, level, condition)
        WHERE m.event <> 'BEFORE INSERT' OR m.function = noted OR current_setting('race.operations') LIKE '%INSERT%'
    LOOP
        EXECUTE format('CREATE TRIGGER %I %s ON %s FOR EACH %s WHEN (%s) EXECUTE FUNCTION %I.%I()',
                       moment.trigger, moment.event, current_setting('race.table')::regclass, moment.level,
                       moment.condition, schema, moment.function);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I',
                       current_setting('race.table')::regclass, moment.trigger);
    END LOOP;
END $watch$;
