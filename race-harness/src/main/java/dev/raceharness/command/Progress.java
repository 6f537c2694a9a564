package dev.raceharness.command;

/** How many runs there were so far, on standard error. Nobody knows how many there will be, so the bar only moves. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 20;
    private static final int RUNS_BETWEEN_LINES = 100;

    private final Console console;
    private int runs;

    Progress(Console console) {
        this.console = console;
    }

    synchronized void oneMoreRun() {
        runs++;
        if (console.errIsTerminal()) {
            var at = runs % WIDTH;
            console.err().print("\r[" + " ".repeat(at) + "=" + " ".repeat(WIDTH - at - 1) + "] run " + runs + " ");
            console.err().flush();
        } else if (runs % RUNS_BETWEEN_LINES == 0) {
            console.note("run " + runs);
        }
    }

    /** Leaves no bar behind. */
    @Override
    public synchronized void close() {
        if (console.errIsTerminal() && runs > 0) {
            console.err().print("\r" + " ".repeat(WIDTH + 20) + "\r");
            console.err().flush();
        }
    }
}
