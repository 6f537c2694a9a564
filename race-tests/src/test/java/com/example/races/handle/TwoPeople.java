package com.example.races.handle;

import static com.example.races.Logins.newCompany;
import static dev.raceharness.Gate.beforeUpdateOn;

import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpMethod;

/** Ada and Ben, of two companies, who change what the application knows of them at the same moment. */
final class TwoPeople {

    final Newcomer ada = Newcomer.of(newCompany(), "Ada");
    final Newcomer ben = Newcomer.of(newCompany(), "Ben");
    private final Logins logins;

    TwoPeople(Logins logins) {
        this.logins = logins;
        logins.login(ada);
        logins.login(ben);
    }

    Outcome change(Race race, Function<Newcomer, ?> change) {
        return race.holdAt(beforeUpdateOn("app_user"))
                .racer("ada", () -> change.apply(ada))
                .racer("ben", () -> change.apply(ben))
                .run();
    }

    /** As the application does it. */
    String put(Newcomer person, String what, String value) {
        return Answer.to(logins.as(person), HttpMethod.PUT, Map.of(what, value), "/api/me/" + what).toString();
    }
}
