package dev.raceharness;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The unique violations of one race. */
interface Violations {

    /**
     * How many there were by constraint; empty if that is not known.
     *
     * @param refused the attempts on this table of which nothing got in
     */
    Optional<Map<String, Long>> on(String table, OptionalLong refused);
}
