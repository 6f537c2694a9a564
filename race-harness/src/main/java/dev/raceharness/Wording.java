package dev.raceharness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text, taken apart into what may differ from run to run, which is numbers and words that no other run has, and the
 * skeleton around it.
 */
final class Wording {

    /** A number that is masked already may be a part of one. */
    static final Pattern WORD = Pattern.compile("(?:<number>|\\p{Alnum})+");

    /** Wording and what tokens, hashes and paths have between theirs. */
    private static final Pattern CHUNK = Pattern.compile("(?:<number>|[\\p{Alnum}_./+=$~-])+");

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int LONGER_THAN_WORDS_ARE = 20;
    private static final int TOO_SHORT_TO_TELL = 2;

    /** So that 9 comes before 10. Numbers of four digits are masked. */
    static final Comparator<String> BY_NUMBERS =
            Comparator.comparing(text -> NUMBER.matcher(text).replaceAll(number -> "0".repeat(Math.max(0, 4 - number.group()
                    .length())) + number.group()));

    private final StringBuilder skeleton = new StringBuilder();
    private final List<String> fixed = new ArrayList<>();
    private final List<String> variable = new ArrayList<>();

    /** @param onlyOnce whether no other run has this word */
    Wording(String text, Predicate<String> onlyOnce) {
        var words = WORD.matcher(text);
        var end = 0;
        while (words.find()) {
            if (NUMBER.matcher(words.group()).matches() || onlyOnce.test(words.group())) {
                fixed.add(text.substring(end, words.start()));
                variable.add(words.group());
                skeleton.append(text, end, words.start()).append('\0');
                end = words.end();
            }
        }
        fixed.add(text.substring(end));
        skeleton.append(text, end, text.length());
    }

    /** The text with a mark in place of whatever may differ. */
    String skeleton() {
        return skeleton.toString();
    }

    /** By number, the words that differ from those of a text with the same skeleton. */
    BitSet differingFrom(Wording other) {
        var differing = new BitSet();
        for (int i = 0; i < variable.size(); i++) {
            differing.set(i, !variable.get(i).equals(other.variable.get(i)));
        }
        return differing;
    }

    /** The text, with these words masked. */
    String without(BitSet masked) {
        var text = new StringBuilder();
        for (int i = 0; i < variable.size(); i++) {
            text.append(fixed.get(i)).append(masked.get(i) ? "<varies>" : variable.get(i));
        }
        return text.append(fixed.get(variable.size())).toString();
    }

    /**
     * This text, with words masked that look generated and that no other run has. What hashes and tokens are made of is
     * masked as a whole, since where it has dots and slashes differs, too.
     */
    static String withoutGenerated(String text, Predicate<String> onlyOnce) {
        return CHUNK.matcher(text).replaceAll(chunk -> Matcher.quoteReplacement(
                withoutGeneratedWords(chunk.group(), onlyOnce)));
    }

    private static String withoutGeneratedWords(String chunk, Predicate<String> onlyOnce) {
        var words = WORD.matcher(chunk).results().toList();
        var result = new StringBuilder();
        var end = 0;
        for (int i = 0; i < words.size(); i++) {
            var last = lastGenerated(words, i, onlyOnce);
            if (last >= i) {
                result.append(chunk, end, i == 0 ? 0 : words.get(i - 1).end() + 1).append("<random>");
                end = last == words.size() - 1 ? chunk.length() : words.get(last + 1).start() - 1;
                i = last;
            }
        }
        return result.append(chunk.substring(end)).toString();
    }

    /** The end of the stretch that begins here and has a generated word in it; before its beginning if none does. */
    private static int lastGenerated(List<MatchResult> words, int first, Predicate<String> onlyOnce) {
        var last = first;
        var generated = false;
        while (last < words.size() && belongs(words.get(last).group(), onlyOnce)) {
            generated |= onlyOnce.test(words.get(last).group()) && looksGenerated(words.get(last).group());
            last++;
        }
        return generated ? last - 1 : first - 1;
    }

    private static boolean belongs(String word, Predicate<String> onlyOnce) {
        return word.length() <= TOO_SHORT_TO_TELL || onlyOnce.test(word);
    }

    /** Not a number, which may well mean something, nor anything that somebody would write. */
    private static boolean looksGenerated(String word) {
        return word.length() > LONGER_THAN_WORDS_ARE
                || word.matches(".*(\\d\\D|\\D\\d).*")
                || word.matches(".*[a-z][A-Z].*|[A-Z]{2,}.*[a-z].*");
    }
}
