/**
 * Every failure is told as a problem detail with a type that stays the same. A feature throws a
 * {@link com.example.provisioning.problem.ProblemException}, or asks
 * {@link com.example.provisioning.problem.ViolatedConstraint} which of its constraints was in the way.
 */
@NullMarked
package com.example.provisioning.problem;

import org.jspecify.annotations.NullMarked;
