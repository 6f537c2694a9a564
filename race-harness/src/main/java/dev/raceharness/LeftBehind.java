package dev.raceharness;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Backends of racers that had not ended their transactions when their race was over. What they do later must not be taken for
 * the doing of a later race.
 */
final class LeftBehind {

    /**
     * Those who are there as a race begins.
     *
     * @param backends those that are in a transaction, whose figures would come during this race
     * @param begin a transaction: theirs are older, and those of all racers will be younger
     */
    record Late(Batch.Answer<Integer> backends, Batch.Answer<String> begin) {

        /** SQL condition: a row was written by a transaction that began during this race. */
        String isOfThisRace() {
            return "age(xmin) <= age('" + begin.rows().get(0) + "'::xid)";
        }
    }

    private final Set<Integer> backends = new HashSet<>();

    /** Empty if nobody was left behind: then nothing is asked. */
    Optional<Late> ask(Batch batch) {
        if (backends.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Late(
                batch.ask(
                        "SELECT a.pid FROM unnest(?) AS backend, pg_stat_get_activity(backend) AS a WHERE a.state <> 'idle'",
                        row -> row.getInt(1),
                        (Object) backends.toArray(Integer[]::new)),
                batch.ask("SELECT pg_current_xact_id()::xid::text", row -> row.getString(1))));
    }

    /** At the end of a race: those who were late when it began, and those of it that have not ended. */
    void are(List<Integer> late, Collection<Integer> unfinished) {
        backends.retainAll(late);
        backends.addAll(unfinished);
    }
}
