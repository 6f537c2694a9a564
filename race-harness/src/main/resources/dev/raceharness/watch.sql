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
    moment text;
BEGIN
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I (backend int, operation text)', schema, kept);
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I ()', schema, written);
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I ()', schema, attempted);

    EXECUTE format($create$
        CREATE FUNCTION %1$I.%2$I() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
        AS $note$
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
                -- In the server's log this tells the violations of the racers from those of others.
                RAISE LOG 'race-harness: a racer writes';
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
        END $note$
        $create$, schema, name, 'race.statement_' || watch, current_setting('race.operations'),
        attempted, written, kept);

    FOREACH moment IN ARRAY ARRAY['BEFORE INSERT OR UPDATE OR DELETE:STATEMENT', 'AFTER INSERT:STATEMENT',
                                  'AFTER INSERT OR UPDATE OR DELETE:ROW', 'BEFORE INSERT:ROW'] LOOP
        CONTINUE WHEN moment = 'BEFORE INSERT:ROW' AND current_setting('race.operations') NOT LIKE '%INSERT%';
        -- The name begins with ~ so that the triggers of the application come first, and comes before those of the gates.
        PERFORM set_config('race.trigger', format('~%s_%s %s', schema, name, lower(moment)), true);
        EXECUTE format('CREATE TRIGGER %I %s ON %s FOR EACH %s WHEN (%s) EXECUTE FUNCTION %I.%I()',
                       current_setting('race.trigger'), split_part(moment, ':', 1),
                       current_setting('race.table')::regclass, split_part(moment, ':', 2),
                       current_setting('race.armed_if'), schema, name);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I',
                       current_setting('race.table')::regclass, current_setting('race.trigger'));
    END LOOP;
END $watch$;
