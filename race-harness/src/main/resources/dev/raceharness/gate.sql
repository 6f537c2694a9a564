-- Puts one gate on one table: a trigger that calls hold().
--
--   race.schema    as for install.sql
--   race.trigger   name of the trigger
--   race.kind      TRIGGER or CONSTRAINT TRIGGER
--   race.event     for instance BEFORE INSERT
--   race.table     the table, as SQL names it
--   race.level     FOR EACH ROW, FOR EACH STATEMENT, deferred or not
--   race.armed_if  SQL condition under which a session is held
--   race.gate      number of the gate
DO $gate$
BEGIN
    EXECUTE format(
        'CREATE %s %I %s ON %s %s WHEN (%s) EXECUTE FUNCTION %I.hold(%L)',
        current_setting('race.kind'),
        current_setting('race.trigger'),
        current_setting('race.event'),
        current_setting('race.table')::regclass,
        current_setting('race.level'),
        current_setting('race.armed_if'),
        current_setting('race.schema'),
        current_setting('race.gate'));
    -- Also in sessions with session_replication_role = replica.
    EXECUTE format(
        'ALTER TABLE %s ENABLE ALWAYS TRIGGER %I',
        current_setting('race.table')::regclass,
        current_setting('race.trigger'));
END $gate$;
