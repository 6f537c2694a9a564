-- Takes an installation out of the database: its schema and, with the functions in it, every trigger that calls them.
--
--   race.schema  name of the schema
DO $remove$
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', current_setting('race.schema'));
END $remove$;
