/**
 * Where tests, and an application in development, get a PostgreSQL from: a server that is named, a container, or binaries
 * unpacked into a temporary folder. {@link dev.raceharness.database.TestDatabase} is the one owner of that choice.
 */
@NullMarked
package dev.raceharness.database;

import org.jspecify.annotations.NullMarked;
