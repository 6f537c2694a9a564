package com.example.races.protection;

import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.login.Login;
import com.example.races.RaceDatabase;
import com.example.races.WithoutConstraints;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.security.MessageDigest;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.test.util.ReflectionTestUtils;
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

    private static TakenAway instead(String write, String table, String column, String value) {
        var sql = RaceDatabase.sql();
        sql.sql("""
                create function protection_taken_away() returns trigger language plpgsql as
                $$ begin new.%s := %s; return new; end $$;
                create trigger protection_taken_away before %s on %s
                    for each row execute function protection_taken_away()
                """.formatted(column, value, write, table)).update();
        return () -> sql.sql("drop function protection_taken_away() cascade").update();
    }

    /** Identifiers that follow from names: now they are random. */
    static TakenAway identifiersThatFollowFromNames() {
        var generator = (NameBasedGenerator) ReflectionTestUtils.getField(Identifiers.class, "GENERATOR");
        var digester = ReflectionTestUtils.getField(generator, "_digester");
        ReflectionTestUtils.setField(generator, "_digester", new RandomDigest());
        return () -> ReflectionTestUtils.setField(generator, "_digester", digester);
    }

    /** The retry of the login: no failure looks like a collision any more. */
    static TakenAway retryOf(Login login) {
        var transaction = (TransactionTemplate) ReflectionTestUtils.getField(login, "newTransaction");
        ReflectionTestUtils.setField(login, "newTransaction", new NoCollisionIsTold(transaction));
        return () -> ReflectionTestUtils.setField(login, "newTransaction", transaction);
    }

    /** Swallows what went wrong in the database. */
    final class NoCollisionIsTold extends TransactionTemplate {

        private static final long serialVersionUID = 1L;

        NoCollisionIsTold(TransactionTemplate original) {
            super(original.getTransactionManager(), original);
        }

        @Override
        public <T> T execute(TransactionCallback<T> action) {
            try {
                return super.execute(action);
            } catch (RuntimeException failure) {
                throw new IllegalStateException("Something went wrong: " + failure.getMessage());
            }
        }
    }

    /** The same name, another digest. */
    final class RandomDigest extends MessageDigest {

        RandomDigest() {
            super("random");
        }

        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected byte[] engineDigest() {
            var bytes = new byte[20];
            ThreadLocalRandom.current().nextBytes(bytes);
            return bytes;
        }

        @Override
        protected void engineReset() {}
    }
}
