package com.example.races.exploration;

import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Where a test asks for a race to be run, its racers are explored instead, with nothing else told, and the test ends. Found
 * by JUnit where {@code junit.jupiter.extensions.autodetection.enabled} is set, as {@link EveryRaceExploredTests} does.
 */
public final class ExploresInstead implements InvocationInterceptor {

    private static final List<ExploredRace> EXPLORED = new CopyOnWriteArrayList<>();

    private final Set<Object> begun = new HashSet<>();

    /** All that were explored since this was asked last. */
    static List<ExploredRace> takeExplored() {
        var explored = List.copyOf(EXPLORED);
        EXPLORED.clear();
        return explored;
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test) throws Throwable {
        exploreInstead(invocation, call, test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test) throws Throwable {
        exploreInstead(invocation, call, test);
    }

    private void exploreInstead(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test) throws Throwable {
        invocation.skip();
        if (!begun.add(whatMattersOf(call))) {
            return;
        }
        var method = call.getExecutable();
        method.setAccessible(true);
        try {
            method.invoke(call.getTarget().orElseThrow(), argumentsThatExplore(call, test));
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof Enough)) {
                throw thrown.getCause();
            }
        }
    }

    /** Not the order in which racers are let go, nor what happens to one of them. */
    private static List<?> whatMattersOf(ReflectiveInvocationContext<Method> call) {
        var parameters = call.getArguments().stream()
                .filter(argument -> !(argument instanceof Race || argument instanceof Schedule || argument instanceof Fault))
                .map(String::valueOf)
                .toList();
        return List.of(call.getExecutable(), parameters);
    }

    private static Object[] argumentsThatExplore(ReflectiveInvocationContext<Method> call, ExtensionContext test) {
        return call.getArguments().stream()
                .map(argument -> argument instanceof Race race ? race.beforehand(asked -> explore(asked, test)) : argument)
                .toArray();
    }

    private static void explore(Race asked, ExtensionContext test) {
        EXPLORED.add(ExploredRace.of(asked, test));
        throw new Enough();
    }

    /** Ends a test whose race was explored. */
    private static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Enough() {
            super("explored", null, false, false);
        }
    }
}
