package dev.raceharness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditTests {

    private static final Story STORY = new Story(
            "FORCED. seat: 2 attempted, 1 row", List.of("seat"), "together", List.of(), Map.of(), List.of(), "");

    private static TestedClass tested(String name, String method, Optional<String> failure) {
        var test = new TestedRace(name, method, "a seat", List.of(STORY), failure);
        var description = new Description(List.of(), Map.of("lock", "Fixed: by a lock | or two."));
        return TestedClass.of(name, description, List.of(test));
    }

    private static final TestedClass GREEN = tested("x.Seat01LastTests", "lock", Optional.empty());
    private static final TestedClass RED = tested("x.Seat02OtherTests", "lock", Optional.of("2 rows"));

    private static Audit audit(String template, TestedClass... races) {
        return new Audit(template, List.of(races), Map.of());
    }

    @Test
    void placeholdersAreFilledInFromWhatRan() {
        assertThat(audit("{result Seat01} {result Seat02} {result Seat} {result Seat03}", GREEN, RED).markdown())
                .isEqualTo("PASS FAIL FAIL NOT RUN");
        assertThat(audit("- {box Seat01} a\n- {box Seat01 Seat02} b\n- {box Seat03} c", GREEN, RED).markdown())
                .isEqualTo("- [x] a\n- [ ] b\n- [ ] c");
        assertThat(audit("{races}", GREEN).markdown())
                .contains("| seat | [Seat 01: last](races/x.Seat01LastTests.html) | Fixed: by a lock \\| or two. |"
                        + " 1 fixed; FORCED. seat: 2 attempted, 1 row | PASS |");
    }

    @Test
    void theScoreIsFailIfSomethingFailedAndPartialIfSomethingIsMissing() {
        assertThat(audit("{result Seat01}", GREEN).score()).isEqualTo("PASS");
        assertThat(audit("{result Seat01} {box Seat01 Seat03}", GREEN).score()).isEqualTo("PARTIAL");
        assertThat(audit("{result Seat01} {grid protections}", GREEN).score()).isEqualTo("PARTIAL");
        assertThat(audit("{result Seat01}", GREEN, RED).score()).isEqualTo("FAIL");
    }

    @Test
    void anUnknownPlaceholderIsNamed() {
        assertThatThrownBy(() -> audit("{results Seat01}", GREEN).markdown())
                .hasMessageContaining("{results Seat01}")
                .hasMessageContaining("known are");
    }

    @Test
    void itBecomesAPage() {
        var markdown =
                """
                # A & **PASS** b

                One `two`
                [three](3.html)

                - [x] four
                - five

                | a | b |
                |---|---|
                | PASS | x \\| y |
                """;

        assertThat(Markdown.toHtml(markdown))
                .isEqualTo("""
                        <h1>A &amp; <b class="badge PASS">PASS</b> b</h1>
                        <p>One <code>two</code> <a href="3.html">three</a></p>
                        <ul>
                        <li class="box">☑ four
                        <li>five
                        </ul>
                        <div class="wide"><table>
                        <tr><th>a<th>b
                        <tr><td data-of="a"><b class="badge PASS">PASS</b><td data-of="b">x | y
                        </table></div>
                        """);
    }
}
