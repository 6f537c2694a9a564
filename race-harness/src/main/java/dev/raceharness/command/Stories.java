package dev.raceharness.command;

import dev.raceharness.report.Story;
import java.util.List;
import java.util.Map;

/** What the page of a race shows, in the words of the command. */
final class Stories {

    private Stories() {}

    /** Of a race that did not come to an end. */
    static Story without(String message) {
        return new Story(message.lines().findFirst().orElse(""), List.of(), "", List.of(), Map.of(), List.of(), message);
    }

    static Story of(Explored explored, String headline) {
        var story = Story.of(explored.exploration());
        return new Story(
                headline, story.tables(), explored.shown().schedule(), story.events(), story.ends(), story.grids(),
                Words.describe(explored));
    }

    static Story of(ResultOfForce forced, String headline) {
        var story = Story.of(forced.outcome());
        return new Story(
                headline,
                story.tables(),
                story.schedule(),
                story.events(),
                story.ends(),
                story.grids(),
                Words.describe(forced));
    }
}
