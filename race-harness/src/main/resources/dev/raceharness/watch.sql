-- Counts what racers do to one table, in two tables of the harness: their statistics also count what was rolled back,
-- their rows are there only if the racer committed.
--
--   race.schema, race.key  as for install.sql
--   race.watch             number of this watch
--   race.table             the table, as SQL names it
--   race.operations        what counts as an attempt: INSERT, UPDATE, DELETE, joined by OR
--   race.armed_if          SQL condition under which a session takes part
DO $watch$
DECLARE
    schema text := current_setting('race.schema');
    watch text := current_setting('race.watch');
    watched regclass := current_setting('race.table');
    operations text := current_setting('race.operations');
    armed_if text := current_setting('race.armed_if');
    note text := $create$
        CREATE FUNCTION %1$I.%2$I() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $note$
        BEGIN
            INSERT INTO %1$I.%2$I VALUES (pg_backend_pid(), TG_OP);
            -- The statistics are then exact as soon as this transaction has ended, also in a pooled session.
            PERFORM pg_stat_force_next_flush();
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $note$ $create$;
    trigger text := 'CREATE TRIGGER %I %s ON %s FOR EACH %s WHEN (%s) EXECUTE FUNCTION %I.%I()';
    attempted text := 'attempted_' || watch;
    written text := 'written_' || watch;
BEGIN
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I (backend int, operation text)', schema, attempted);
    EXECUTE format('CREATE UNLOGGED TABLE %I.%I (backend int, operation text)', schema, written);
    EXECUTE format(note, schema, attempted);
    EXECUTE format(note, schema, written);

    -- The names begin with ~ so that the triggers of the application come first.
    IF operations LIKE 'INSERT%' THEN
        EXECUTE format(trigger, '~' || schema || '_attempted_insert_' || watch, 'BEFORE INSERT', watched, 'ROW',
                       armed_if, schema, attempted);
        operations := substr(operations, length('INSERT OR ') + 1);
    END IF;
    IF operations <> '' THEN
        EXECUTE format(trigger, '~' || schema || '_attempted_' || watch, 'BEFORE ' || operations, watched, 'STATEMENT',
                       armed_if, schema, attempted);
    END IF;
    EXECUTE format(trigger, '~' || schema || '_written_' || watch, 'AFTER INSERT OR UPDATE OR DELETE', watched, 'ROW',
                   armed_if, schema, written);
END $watch$;
