package dev.raceharness;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds a call of a Java method, for races outside the database or around a read. Hand {@link #proxy()} to the code under
 * test in place of the target. Any number of racers; calls that do not match {@link #when} pass; outside a race all do.
 *
 * @param <T> the interface of the target
 */
public final class CallGate<T> implements Gate {

    private enum Moment {
        BEFORE,
        AFTER
    }

    private final Class<T> type;
    private final T target;
    private final String method;
    private final Moment moment;
    private final Predicate<Object[]> condition;
    private final Lineup lineup;

    /** Who waits; shared by the proxies of a gate and of its copies. */
    private static final class Lineup {
        private final List<Caller> callers = new CopyOnWriteArrayList<>();
        private volatile boolean shut;
    }

    /** One held call. */
    private record Caller(CallGate<?> gate, Thread thread, CountDownLatch released) implements Hold {
        @Override
        public void release() {
            gate.lineup.callers.remove(this);
            released.countDown();
        }
    }

    private CallGate(
            Class<T> type, T target, String method, Moment moment, Predicate<Object[]> condition, Lineup lineup) {
        this.type = type;
        this.target = target;
        this.method = method;
        this.moment = moment;
        this.condition = condition;
        this.lineup = lineup;
    }

    /** Holds each call of this method before it is made. */
    public static <T> CallGate<T> before(Class<T> type, T target, String method) {
        return of(type, target, method, Moment.BEFORE);
    }

    /** Holds each call of this method after it returned and before the caller sees the result. */
    public static <T> CallGate<T> after(Class<T> type, T target, String method) {
        return of(type, target, method, Moment.AFTER);
    }

    private static <T> CallGate<T> of(Class<T> type, T target, String method, Moment moment) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is no interface; a proxy needs one.");
        }
        if (List.of(type.getMethods()).stream().noneMatch(candidate -> candidate.getName().equals(method))) {
            throw new IllegalArgumentException(type.getName() + " has no method " + method + ".");
        }
        if (!List.of(type.getMethods()).stream().allMatch(Method::trySetAccessible)) {
            throw new IllegalArgumentException(type.getName() + " cannot be called from here: make it public, and export or"
                    + " open its package.");
        }
        return new CallGate<>(type, target, method, moment, arguments -> true, new Lineup());
    }

    /** Holds only calls with such arguments: the key of what is raced for. */
    public CallGate<T> when(Predicate<Object[]> argumentsMatch) {
        return new CallGate<>(type, target, method, moment, condition.and(argumentsMatch), lineup);
    }

    public T proxy() {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> call(called, arguments)));
    }

    private @Nullable Object call(Method called, Object @Nullable [] arguments) throws Throwable {
        var held = called.getName().equals(method) && condition.test(arguments == null ? new Object[0] : arguments);
        if (held && moment == Moment.BEFORE) {
            arrive();
        }
        var result = invoke(called, arguments);
        if (held && moment == Moment.AFTER) {
            arrive();
        }
        return result;
    }

    private @Nullable Object invoke(Method called, Object @Nullable [] arguments) throws Throwable {
        try {
            // An interface need not be public.
            called.setAccessible(true);
            return called.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void arrive() throws InterruptedException {
        if (lineup.shut) {
            var caller = new Caller(this, Thread.currentThread(), new CountDownLatch(1));
            lineup.callers.add(caller);
            if (!lineup.shut) {
                caller.release();
            }
            caller.released.await();
        }
    }

    void shut() {
        lineup.shut = true;
    }

    /** Lets everybody go and holds nobody any more. */
    void open() {
        lineup.shut = false;
        lineup.callers.forEach(Caller::release);
    }

    List<Standing> standings() {
        return lineup.callers.stream()
                .map(caller -> Standing.atCall(caller.thread(), caller))
                .toList();
    }

    @Override
    public String label() {
        return moment == Moment.BEFORE ? method : "after-" + method;
    }

    @Override
    public String description() {
        return (moment == Moment.BEFORE ? "before " : "after ") + type.getSimpleName() + "." + method;
    }

    @Override
    public Optional<String> table() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return description();
    }
}
