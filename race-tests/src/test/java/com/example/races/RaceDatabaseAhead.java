package com.example.races;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Lets the database of all races start while JUnit is still looking for them. Whoever needs it waits for that. */
public final class RaceDatabaseAhead implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        new Thread(RaceDatabase::database, "the database of all races").start();
    }
}
