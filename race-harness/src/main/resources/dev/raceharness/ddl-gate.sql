-- Puts up a gate for DDL commands: an event trigger that calls wait_at(). Needs a superuser.
--
--   race.schema    as for install.sql
--   race.event     ddl_command_start or ddl_command_end
--   race.armed_if  SQL condition under which a session is held
--   race.gate      number of the gate
DO $gate$
DECLARE
    schema text := current_setting('race.schema');
    gate int := current_setting('race.gate');
    name text := schema || '_ddl_' || gate;
BEGIN
    EXECUTE format($create$
        CREATE FUNCTION %1$I.%2$I() RETURNS event_trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $hold$
        BEGIN
            IF %3$s THEN
                PERFORM %1$I.wait_at(%4$s);
            END IF;
        END $hold$
        $create$, schema, name, current_setting('race.armed_if'), gate);
    EXECUTE format('CREATE EVENT TRIGGER %I ON %s EXECUTE FUNCTION %I.%I()',
                   name, current_setting('race.event'), schema, name);
    EXECUTE format('ALTER EVENT TRIGGER %I ENABLE ALWAYS', name);
END $gate$;
