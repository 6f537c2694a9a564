package com.example.races;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Knows from the plan of the tests whether one of them will ask for the second instance. */
public final class SecondInstanceAhead implements TestExecutionListener {

    private static volatile boolean wanted;

    static boolean isWanted() {
        return wanted;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        wanted |= plan.countTestIdentifiers(test -> test.getUniqueId().contains("TwoInstancesTests")) > 0;
    }
}
