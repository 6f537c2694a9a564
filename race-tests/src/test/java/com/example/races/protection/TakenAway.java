package com.example.races.protection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.login.Login;
import com.example.races.RaceDatabase;
import com.example.races.WithoutConstraints;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.AopTestUtils;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** A protection that is gone until this is closed. */
public interface TakenAway extends AutoCloseable {

    @Override
    void close();

    /** Constraints and unique indexes; when they come back all tables are emptied. */
    static TakenAway constraints(String... names) {
        return WithoutConstraints.named(names)::close;
    }

    /** What the application writes into this column is ignored: this value stays there, such as {@code old.version}. */
    static TakenAway column(String table, String column, String value) {
        return instead("update", table, column, value);
    }

    /**
     * Nothing that is inserted is the same as anything else. An index that an ON CONFLICT names cannot just be dropped: the
     * statement would fail with or without a race.
     */
    static TakenAway sameness(String table, String column, String value) {
        return instead("insert", table, column, value);
    }

    /** Stable: a value that is read from the table is as it was when the statement began. */
    private static TakenAway instead(String write, String table, String column, String value) {
        var sql = RaceDatabase.sql();
        sql.sql("""
                create function protection_taken_away() returns trigger language plpgsql stable as
                $$ begin new.%s := %s; return new; end $$;
                create trigger protection_taken_away before %s on %s
                    for each row execute function protection_taken_away()
                """.formatted(column, value, write, table)).update();
        return () -> sql.sql("drop function protection_taken_away() cascade").update();
    }

    /** The statements of this bean that contain this one's part no longer compare this; what they write stays the same. */
    static TakenAway comparison(Object bean, String statement, String comparison) {
        return client(bean, sql -> text -> sql.sql(
                text.contains(statement) ? text.replace(comparison, "(" + comparison + " or true)") : text));
    }

    /** Words of the statements of this bean: it sends others instead. */
    static TakenAway words(Object bean, String words, String instead) {
        return client(bean, sql -> text -> sql.sql(text.replace(words, instead)));
    }

    /** The order in which this bean inserts: the last of these tables comes first. */
    static TakenAway order(Object bean, String... tables) {
        return client(bean, sql -> new OtherOrder(sql, List.of(tables)));
    }

    private static TakenAway client(Object bean, UnaryOperator<JdbcClient> other) {
        return replaced(AopTestUtils.getUltimateTargetObject(bean), "sql", other);
    }

    /** Identifiers that follow from names: now they are random. */
    static TakenAway identifiersThatFollowFromNames() {
        return identifiersOf("");
    }

    /** @param kind what they are the identifiers of, as {@link Identifiers} calls it; the others follow from names as ever */
    static TakenAway identifiersOf(String kind) {
        var generator = ReflectionTestUtils.getField(Identifiers.class, "GENERATOR");
        return replaced(generator, "_digester", (MessageDigest original) -> new RandomDigest(original, kind));
    }

    /** The retry of the login after this: a failure with this state looks like a collision no more. */
    static TakenAway retryOf(Login login, String sqlState) {
        return replaced(
                login,
                "newTransaction",
                (TransactionTemplate original) -> new NoCollisionIsTold(original, sqlState));
    }

    /** The transaction of this bean: each of its statements commits by itself. */
    static TakenAway transaction(Object bean) {
        return replaced(bean, "transaction", (TransactionTemplate original) -> {
            var none = new TransactionTemplate(original.getTransactionManager(), original);
            none.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
            return none;
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> TakenAway replaced(Object owner, String field, UnaryOperator<T> replacement) {
        var original = (T) ReflectionTestUtils.getField(owner, field);
        ReflectionTestUtils.setField(owner, field, replacement.apply(original));
        return () -> ReflectionTestUtils.setField(owner, field, original);
    }

    /** Swallows what went wrong in the database, if it was this. */
    final class NoCollisionIsTold extends TransactionTemplate {

        private static final long serialVersionUID = 1L;

        private final String sqlState;

        NoCollisionIsTold(TransactionTemplate original, String sqlState) {
            super(original.getTransactionManager(), original);
            this.sqlState = sqlState;
        }

        @Override
        public <T> T execute(TransactionCallback<T> action) {
            try {
                return super.execute(action);
            } catch (RuntimeException failure) {
                if (NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
                        && sqlState.equals(cause.getSQLState())) {
                    throw new IllegalStateException("Something went wrong: " + failure.getMessage());
                }
                throw failure;
            }
        }
    }

    /** The same name, another digest. */
    final class RandomDigest extends MessageDigest {

        private static final int NAMESPACE_LENGTH = 16;

        private final MessageDigest original;
        private final String start;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();

        /** @param start of the names that this is done to */
        RandomDigest(MessageDigest original, String start) {
            super("random");
            this.original = original;
            this.start = start;
        }

        @Override
        protected void engineUpdate(byte next) {
            input.write(next);
        }

        @Override
        protected void engineUpdate(byte[] next, int offset, int length) {
            input.write(next, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            var bytes = original.digest(input.toByteArray());
            if (input.toString(ISO_8859_1).startsWith(start, NAMESPACE_LENGTH)) {
                ThreadLocalRandom.current().nextBytes(bytes);
            }
            input.reset();
            return bytes;
        }

        @Override
        protected void engineReset() {
            input.reset();
        }
    }
}
