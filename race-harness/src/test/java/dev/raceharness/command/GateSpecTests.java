package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateSpecTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock =
            """
            insert on users                      | before insert on users
            before  insert  ON  users            | before insert on users
            update on sales.order                | before update on sales.order
            delete on "Order"                    | before delete on "Order"
            write on sales."Order of ""Ada"" (1)" | before write on sales."Order of ""Ada"" (1)"
            after insert on users                | after insert on users
            after write on users                 | after write on users
            commit after users                   | before commit after users
            lock users                           | lock users
            insert on users when (NEW.a = f(')')) | before insert on users when (NEW.a = f(')'))
            commit after users when (NEW.paid)   | before commit after users when (NEW.paid)
            """)
    void isOneOfTheHarness(String text, String description) {
        assertThat(GateSpec.parse(text).gates()).extracting(Gate::description).containsExactly(description);
    }

    @Test
    void ddlIsHeldAtItsStartAndAtItsEnd() {
        assertThat(GateSpec.parse("ddl").gates()).containsExactly(Gate.beforeDdl(), Gate.afterDdl());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "users", "insert", "insert on", "insert on a b", "insert into users", "ddl users", "lock",
        "lock users when (true)", "insert on users when", "insert on when (true)", "after commit on users", "insert"
                + " on \"users"
    })
    void isRefusedWithWhatWasExpected(String text) {
        assertThatThrownBy(() -> GateSpec.parse(text))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("'" + text + "' is no gate");
    }
}
