/** The {@code race} command: the harness for any application in any language. */
@NullMarked
package dev.raceharness.command;

import org.jspecify.annotations.NullMarked;
