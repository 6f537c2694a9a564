-- Puts the harness's schema into this database: the function behind every gate. Inert until a race is on.
--
--   race.schema  name of the schema, new for every installation
--   race.key     advisory lock space of this installation: 8 consecutive numbers, drawn at random
--   race.slots   how many racers can be held at the same time
--
-- By hand: psql -c "SET race.schema = 'race_1'" -c "SET race.key = '1000'" -c "SET race.slots = '16'" -f install.sql
--
-- Advisory locks (class, object). The harness's end with its session, a racer's with its transaction.
--   key,     0             harness: gates hold ("the door" is shut)
--   key,     1             harness: a race is on
--   key,     2 to 255      harness: this gate belongs to the race that is on
--   key,     256 and more  harness: the racer in this slot is held; unlocking it lets that racer go
--   key + 1, slot          racer, while it is held: this slot is mine
--   key + 2, slot * 256 + gate  racer, while it is held: and this is the gate at which I am
--   key + 3, slot          harness: the racer in this slot is to fail when it is let go
--   key + 4, SQLSTATE      harness: with this SQLSTATE, read as a number to the base 36
--   key + 5, slot          racer, while it is held: I have arrived, which the harness can ask without reading all locks
--   key + 6, backend       racer, while it is held: and this is the process that serves me
--   key + 7, 0             harness: I am alive
DO $install$
DECLARE
    schema text := current_setting('race.schema');
    key int := current_setting('race.key');
    slots int := current_setting('race.slots');
    -- Whether the harness does not hold this slot. What is locked to find out is given back within the same expression, where
    -- no cancellation comes between.
    is_open text := format(
        'CASE WHEN pg_try_advisory_lock_shared(%1$s, slot) THEN pg_advisory_unlock_shared(%1$s, slot) ELSE false END', key);
BEGIN
    EXECUTE format('CREATE SCHEMA %I', schema);
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', schema, 'race-harness ' || key);

    EXECUTE format($create$
        CREATE FUNCTION %1$I.wait_at(gate int) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        -- The application's lock_timeout must not fire at the gate, nor its search_path decide what runs here.
        SET search_path = pg_catalog, pg_temp SET lock_timeout = 0
        AS $wait$
        DECLARE
            here text := gate || ' ' || statement_timestamp();
            locked int;
        BEGIN
            IF current_setting('race.held', true) = here OR pg_try_advisory_xact_lock_shared(%2$s, 0) THEN
                RETURN;
            END IF;
            PERFORM set_config('race.held', here, true);
            -- An error that is caught takes back what was locked since BEGIN: a racer that goes on keeps nothing, so that its
            -- slot can be used again while its transaction lasts.
            BEGIN
                FOR slot IN 256 .. 255 + %3$s LOOP
                    -- Open, or somebody else's, or opened meanwhile: the harness may shut it again while this racer is held.
                    CONTINUE WHEN %4$s OR NOT pg_try_advisory_xact_lock(%2$s + 1, slot) OR %4$s;
                    -- One after the other, and as one expression: this is a moment for which somebody waits, and PERFORM would
                    -- start the executor.
                    locked := num_nulls(
                        pg_advisory_xact_lock(%2$s + 2, slot * 256 + gate),
                        pg_advisory_xact_lock(%2$s + 6, pg_backend_pid()),
                        pg_advisory_xact_lock(%2$s + 5, slot),
                        pg_advisory_xact_lock_shared(%2$s, slot));
                    IF NOT pg_try_advisory_xact_lock_shared(%2$s + 3, slot) THEN
                        RAISE EXCEPTION 'race-harness makes this racer fail at the gate' USING ERRCODE = (
                            SELECT string_agg(
                                substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (objid::bigint / power %% 36)::int + 1, 1),
                                '' ORDER BY power DESC)
                            FROM pg_locks, unnest(ARRAY[1679616, 46656, 1296, 36, 1]) AS power
                            WHERE locktype = 'advisory' AND granted AND classid::bigint = %2$s + 4);
                    END IF;
                    RAISE EXCEPTION USING ERRCODE = 'RACE0';
                END LOOP;
            EXCEPTION WHEN SQLSTATE 'RACE0' THEN
                RETURN;
            END;
            -- More arrivals than slots: the harness sees who waits at the door, and reports it.
            PERFORM pg_advisory_xact_lock_shared(%2$s, 0);
        END $wait$
        $create$, schema, key, slots, is_open);
    IF current_setting('transaction_timeout', true) IS NOT NULL THEN -- PostgreSQL 17 and later
        EXECUTE format('ALTER FUNCTION %I.wait_at(int) SET transaction_timeout = 0', schema);
    END IF;

    EXECUTE format($create$
        CREATE FUNCTION %1$I.hold() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $hold$
        BEGIN
            PERFORM %1$I.wait_at(TG_ARGV[0]::int);
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $hold$
        $create$, schema);

    -- Whoever was held in this transaction has been seen. Of anybody else the server's log tells, so that the violations of
    -- the racers can be told from those of others.
    EXECUTE format($create$
        CREATE FUNCTION %I.note() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
        AS $note$
        BEGIN
            RAISE LOG 'race-harness: a racer writes';
            PERFORM set_config('race.held', 'nowhere', true);
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $note$
        $create$, schema);

    -- A line in the server's log: what was written before it is complete once it is there.
    EXECUTE format($create$
        CREATE FUNCTION %I.mark(line text) RETURNS void
        LANGUAGE plpgsql SET client_min_messages = warning
        AS $mark$
        BEGIN
            RAISE LOG '%%', line;
        END $mark$
        $create$, schema);
END $install$;
