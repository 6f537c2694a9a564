package dev.raceharness;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Questions to the server that cost one round trip together. They are answered in order, in one transaction. */
final class Batch {

    /** What the server says to one question, once the batch was sent. */
    static final class Answer<T> {

        private final String sql;
        private final HarnessSession.RowMapper<T> mapper;
        private final List<Object> parameters;
        private final List<T> rows = new ArrayList<>();

        private Answer(String sql, HarnessSession.RowMapper<T> mapper, Object... parameters) {
            this.sql = sql;
            this.mapper = mapper;
            this.parameters = Arrays.asList(parameters);
        }

        void read(ResultSet found) throws SQLException {
            while (found.next()) {
                rows.add(mapper.map(found));
            }
        }

        List<T> rows() {
            return rows;
        }
    }

    private final HarnessSession session;
    private final List<Answer<?>> answers = new ArrayList<>();

    Batch(HarnessSession session) {
        this.session = session;
    }

    /** @param sql a statement that returns rows */
    <T> Answer<T> ask(String sql, HarnessSession.RowMapper<T> mapper, Object... parameters) {
        var answer = new Answer<>(sql, mapper, parameters);
        answers.add(answer);
        return answer;
    }

    /** @throws RaceSetupException if one of the statements fails; then none has an answer */
    void send() {
        session.send(
                answers.stream().map(answer -> answer.sql).collect(Collectors.joining(";\n")),
                answers.stream().flatMap(answer -> answer.parameters.stream()).toArray(),
                answers);
    }
}
