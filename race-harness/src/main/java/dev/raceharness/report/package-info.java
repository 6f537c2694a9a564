/** Pages for people: one race, or all races of a test run. Start at {@link dev.raceharness.report.RaceReport}. */
@NullMarked
package dev.raceharness.report;

import org.jspecify.annotations.NullMarked;
