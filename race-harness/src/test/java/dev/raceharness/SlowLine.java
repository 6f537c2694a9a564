package dev.raceharness;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A line to the server on which the answers to some questions come late, once somebody says so: something happens before. */
final class SlowLine {

    private final DataSource fast;
    private final String question;
    private final Runnable meanwhile;
    private final CountDownLatch answeredLate = new CountDownLatch(1);
    private volatile boolean slow;
    private volatile boolean wasSlow;

    /** @param question a part of the SQL */
    SlowLine(DataSource fast, String question, Runnable meanwhile) {
        this.fast = fast;
        this.question = question;
        this.meanwhile = meanwhile;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (self, method, arguments) -> {
            var answer = call(fast, method, arguments);
            return answer instanceof Connection connection ? connection(connection) : answer;
        });
    }

    /** Opens when whoever got the first late answer has made use of it, and asks for something else. */
    CountDownLatch slowFromNowOn() {
        slow = true;
        return answeredLate;
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (wasSlow) {
                answeredLate.countDown();
            }
            var answer = call(connection, method, arguments);
            return answer instanceof PreparedStatement statement && arguments[0].toString().contains(question)
                    ? statement(statement)
                    : answer;
        });
    }

    private PreparedStatement statement(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (self, method, arguments) -> {
            var answer = call(statement, method, arguments);
            if (slow && method.getName().equals("execute")) {
                meanwhile.run();
                wasSlow = true;
            }
            return answer;
        });
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
