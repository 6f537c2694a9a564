/**
 * Forces races between transactions through PostgreSQL itself: holds every racer inside its critical section, releases
 * them by a schedule, and reads from the database what happened. Start at {@link dev.raceharness.Race}.
 */
@NullMarked
package dev.raceharness;

import org.jspecify.annotations.NullMarked;
