package dev.raceharness.command;

import dev.raceharness.Event;
import dev.raceharness.Exploration;
import java.util.List;

/**
 * What the report shows.
 *
 * @param details the result in words
 * @param events of the interleaving to look at; none if the race did not come to an end
 */
record Story(String headline, String details, String schedule, List<Event> events) {

    static Story without(String message) {
        return new Story(message.lines().findFirst().orElse(""), message, "", List.of());
    }

    static Story of(Explored explored, String headline) {
        Exploration.Explored shown = explored.shown();
        return new Story(headline, Words.describe(explored), shown.schedule(), shown.interleaving().events());
    }

    static Story of(ResultOfForce forced, String headline) {
        var outcome = forced.outcome();
        return new Story(headline, Words.describe(forced), outcome.schedule(), outcome.interleaving().events());
    }
}
