package dev.raceharness;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Backends that were seen at gates lately: a pool hands out the same ones again. */
final class KnownBackends {

    private static final int MOST = 256;
    private static final int MOST_ASKED_FOR = 32;

    private final Set<Integer> backends = new LinkedHashSet<>();
    private final Set<Integer> pooled = new HashSet<>();

    void saw(int backend) {
        backends.remove(backend);
        backends.add(backend);
        if (backends.size() > MOST) {
            backends.remove(backends.iterator().next());
        }
    }

    Integer[] all() {
        return backends.toArray(Integer[]::new);
    }

    /** Those that were seen last, and are none of these. */
    Integer[] without(Collection<Integer> some) {
        return backends.stream()
                .skip(Math.max(0, backends.size() - MOST_ASKED_FOR))
                .filter(backend -> !some.contains(backend))
                .toArray(Integer[]::new);
    }

    /** Although there was time to end: they are kept in a pool, which rolls back what was left open. */
    void outlivedTheirRacers(Collection<Integer> some) {
        pooled.addAll(some);
    }

    boolean arePooled(Collection<Integer> some) {
        return pooled.containsAll(some);
    }
}
