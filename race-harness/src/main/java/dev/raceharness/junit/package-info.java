/** Races in JUnit Jupiter: register {@link dev.raceharness.junit.RaceExtension}, take a {@code Race} as a parameter. */
@NullMarked
package dev.raceharness.junit;

import org.jspecify.annotations.NullMarked;
