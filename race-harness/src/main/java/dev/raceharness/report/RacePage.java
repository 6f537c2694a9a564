package dev.raceharness.report;

import java.util.Locale;
import java.util.stream.Collectors;

/** The page of one test class: its twins side by side. */
record RacePage(TestedClass race) {

    String html() {
        return Html.page(
                race.title(),
                "<p><a href=\"../index.html\">All races</a></p>\n<h1>" + Html.escaped(race.title()) + " "
                        + Html.badge(race.result()) + "</h1>\n"
                        + race.description().paragraphs().stream()
                                .map(paragraph -> "<p>" + Html.escaped(paragraph) + "</p>\n")
                                .collect(Collectors.joining())
                        + "<div class=\"twins\">\n" + column(Twin.BROKEN, "Broken") + column(Twin.FIXED, "Fixed")
                        + "</div>\n");
    }

    private String column(Twin twin, String title) {
        var tests = race.tests(twin);
        return tests.isEmpty()
                ? ""
                : tests.stream().map(this::article).collect(Collectors.joining(
                        "", "<section class=\"" + title.toLowerCase(Locale.ROOT) + "\">\n<h2>" + title
                                + "</h2>\n", "</section>\n"));
    }

    private String article(TestedRace test) {
        return "<article>\n<h3>" + Html.escaped(test.title()) + " " + Html.badge(test.passed() ? "PASS" : "FAIL")
                + "</h3>\n<p>" + Html.escaped(race.descriptionOf(test)) + "</p>\n"
                + test.failure().map(text -> "<pre class=\"failed\">" + Html.escaped(text) + "</pre>\n").orElse("")
                + test.stories().stream()
                        .map(story -> "<p><b>" + Html.escaped(story.headline()) + "</b></p>\n" + StoryPage.body(story))
                        .collect(Collectors.joining())
                + "</article>\n";
    }
}
