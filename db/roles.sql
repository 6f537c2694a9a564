-- The two roles of the application, for an administrator to run on a new database, by psql or over JDBC.
--
--   provisioning_owner  runs the migrations and owns every table
--   provisioning_app    is what the application runs as: it reads and writes rows, and can change no table
--
-- Neither has a password here: whoever runs the database sets it (ALTER ROLE ... PASSWORD ...).
-- May be run again at any time. Roles belong to the whole server: two builds may meet here even with a database each.

do $$
declare
    role_name text;
begin
    foreach role_name in array array['provisioning_owner', 'provisioning_app'] loop
        begin
            execute format('create role %I login', role_name);
        exception
            when duplicate_object then null; -- it was there before
            when unique_violation then null; -- another build created it at this moment
        end;
    end loop;

    -- Two grants on one schema at once fail with "tuple concurrently updated": one build at a time.
    perform pg_advisory_xact_lock(hashtext('provisioning roles'));

    revoke create on schema public from public; -- what PostgreSQL 15 and later do by themselves
    grant usage, create on schema public to provisioning_owner;
    grant usage on schema public to provisioning_app;
end
$$;
