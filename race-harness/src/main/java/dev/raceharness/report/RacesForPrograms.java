package dev.raceharness.report;

import dev.raceharness.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The races in the form for programs: {@code race.json}. Others rely on these names. */
final class RacesForPrograms {

    private RacesForPrograms() {}

    static String json(String score, List<TestedClass> races) {
        return Json.of(map("score", score, "races", races.stream().map(RacesForPrograms::race).toList())) + "\n";
    }

    private static Map<String, Object> race(TestedClass race) {
        return map(
                "class", race.name(),
                "title", race.title(),
                "about", race.description().paragraphs(),
                "passed", race.passed(),
                "tests", race.tests().stream().map(test -> test(race, test)).toList());
    }

    private static Map<String, Object> test(TestedClass race, TestedRace test) {
        var description = race.descriptionOf(test);
        var json = map(
                "method", test.method(),
                "title", test.title(),
                "about", description,
                "twin", Twin.of(description),
                "passed", test.passed(),
                "stories", test.stories().stream().map(RacesForPrograms::story).toList());
        test.failure().ifPresent(failure -> json.put("failure", failure));
        return json;
    }

    private static Map<String, Object> story(Story story) {
        return map(
                "headline", story.headline(),
                "tables", story.tables(),
                "schedule", story.schedule(),
                "ends", story.ends(),
                "figures", story.grids().stream()
                        .map(grid -> map("title", grid.title(), "columns", grid.columns(), "rows", grid.rows()))
                        .toList(),
                "events", story.events().stream().map(RacesForPrograms::event).toList());
    }

    private static Map<String, Object> event(Event event) {
        return map(
                "ms", event.at().toNanos() / 1e6,
                "racer", event.racer(),
                "kind", event.kind(),
                "detail", event.detail());
    }

    /** In this order. */
    private static Map<String, Object> map(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
