package dev.raceharness;

import java.util.Optional;

/**
 * An error that the server reported during the race.
 *
 * @param constraint name of the violated unique constraint or index
 * @param backend process id of the server's backend
 */
public record SqlError(String sqlState, Optional<String> constraint, int backend, String message, String statement) {

    SqlError of(Optional<String> violated) {
        return new SqlError(sqlState, violated, backend, message, statement);
    }
}
