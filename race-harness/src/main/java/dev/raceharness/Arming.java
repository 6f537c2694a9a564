package dev.raceharness;

import java.util.List;

/** Whose transactions the gates hold while a race lasts. Outside races an installed gate holds nobody. */
public sealed interface Arming {

    /** The setting that {@link #bySessionFlag()} looks at. */
    String FLAG = "race.armed";

    /**
     * Sessions that carry the setting {@code race.armed=on}: by {@code options=-c race.armed=on} in the JDBC URL, or by
     * {@code ALTER ROLE ... SET race.armed = 'on'}, which reaches sessions that are opened afterwards.
     */
    static Arming bySessionFlag() {
        return new BySessionFlag();
    }

    /** Every session of the database but those with {@code race.armed=off}, those opened long before included. */
    static Arming everySession() {
        return new EverySession();
    }

    /**
     * Sessions that logged in as one of these database roles, those opened long before included, but not those with {@code
     * race.armed=off}.
     */
    static Arming byRole(String... roles) {
        return new ByRole(List.of(roles));
    }

    /** How messages name it. */
    String description();

    record BySessionFlag() implements Arming {
        @Override
        public String description() {
            return "sessions with " + FLAG + "=on";
        }
    }

    record EverySession() implements Arming {
        @Override
        public String description() {
            return "every session of the database";
        }
    }

    /** The roles are compared with {@code session_user}: SET ROLE does not matter. */
    record ByRole(List<String> roles) implements Arming {

        public ByRole {
            if (roles.isEmpty()) {
                throw new IllegalArgumentException("Arming by role needs at least one database role.");
            }
            roles = List.copyOf(roles);
        }

        @Override
        public String description() {
            return "sessions of the role " + String.join(" or ", roles);
        }
    }
}
