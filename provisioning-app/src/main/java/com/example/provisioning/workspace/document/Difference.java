package com.example.provisioning.workspace.document;

import java.util.ArrayList;
import java.util.List;

/** What two texts have in common, line by line, and what only one of them has. */
final class Difference {

    enum Origin {
        BOTH,
        THEIRS,
        MINE
    }

    record Line(Origin origin, String text) {}

    /** Above this many comparisons the parts that differ are shown as a whole. */
    private static final long MAX_COMPARISONS = 4_000_000;

    private final List<String> theirs;
    private final List<String> mine;
    private final List<Line> lines = new ArrayList<>();

    private Difference(String theirs, String mine) {
        this.theirs = theirs.lines().toList();
        this.mine = mine.lines().toList();
    }

    static List<Line> between(String theirs, String mine) {
        var difference = new Difference(theirs, mine);
        difference.compare();
        return difference.lines;
    }

    private void compare() {
        int start = 0;
        int theirEnd = theirs.size();
        int myEnd = mine.size();
        while (start < theirEnd && start < myEnd && theirs.get(start).equals(mine.get(start))) {
            start++;
        }
        while (theirEnd > start && myEnd > start && theirs.get(theirEnd - 1).equals(mine.get(myEnd - 1))) {
            theirEnd--;
            myEnd--;
        }
        add(Origin.BOTH, theirs.subList(0, start));
        compareMiddle(theirs.subList(start, theirEnd), mine.subList(start, myEnd));
        add(Origin.BOTH, theirs.subList(theirEnd, theirs.size()));
    }

    private void compareMiddle(List<String> theirs, List<String> mine) {
        if ((long) theirs.size() * mine.size() > MAX_COMPARISONS) {
            add(Origin.THEIRS, theirs);
            add(Origin.MINE, mine);
            return;
        }
        var common = lengthsOfCommonRest(theirs, mine);
        int i = 0;
        int j = 0;
        while (i < theirs.size() || j < mine.size()) {
            if (i < theirs.size() && j < mine.size() && theirs.get(i).equals(mine.get(j))) {
                lines.add(new Line(Origin.BOTH, theirs.get(i++)));
                j++;
            } else if (j == mine.size() || i < theirs.size() && common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line(Origin.THEIRS, theirs.get(i++)));
            } else {
                lines.add(new Line(Origin.MINE, mine.get(j++)));
            }
        }
    }

    private static int[][] lengthsOfCommonRest(List<String> theirs, List<String> mine) {
        var lengths = new int[theirs.size() + 1][mine.size() + 1];
        for (int i = theirs.size() - 1; i >= 0; i--) {
            for (int j = mine.size() - 1; j >= 0; j--) {
                lengths[i][j] = theirs.get(i).equals(mine.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private void add(Origin origin, List<String> texts) {
        texts.forEach(text -> lines.add(new Line(origin, text)));
    }
}
