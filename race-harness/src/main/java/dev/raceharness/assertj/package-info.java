/** The assertions on outcomes for those who have AssertJ, with its descriptions and its soft assertions. */
@NullMarked
package dev.raceharness.assertj;

import org.jspecify.annotations.NullMarked;
