package dev.raceharness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a test class says about its race: in its Javadoc, which nobody has to write a second time.
 *
 * @param paragraphs that of the class
 * @param methods that of its methods, in their order; methods without any are missing
 */
record Description(List<String> paragraphs, Map<String, String> methods) {

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern DECLARATION =
            Pattern.compile("^(?:\\w+ )*class (\\w+)|^ +[A-Za-z][^(=;@\"\n]*?\\b(\\w+)\\(", Pattern.MULTILINE);
    private static final Pattern TAG = Pattern.compile("\\{@\\w+ ([^}]*)}");

    /** @param sources the folder in which the packages are; what is not there has no description */
    static Description of(String testClass, Path sources) {
        var file = sources.resolve(testClass.replaceAll("\\$.*", "").replace('.', '/') + ".java");
        try {
            return Files.exists(file) ? parse(Files.readString(file)) : none();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Description none() {
        return new Description(List.of(), Map.of());
    }

    static Description parse(String source) {
        List<String> paragraphs = List.of();
        var methods = new LinkedHashMap<String, String>();
        var comments = COMMENT.matcher(source);
        var declaration = DECLARATION.matcher(source);
        while (comments.find()) {
            if (!declaration.find(comments.end())) {
                break;
            }
            if (declaration.group(1) != null) {
                paragraphs = paragraphs(comments.group(1));
            } else {
                methods.put(declaration.group(2), String.join(" ", paragraphs(comments.group(1))));
            }
        }
        return new Description(paragraphs, methods);
    }

    private static List<String> paragraphs(String comment) {
        var text = comment.replaceAll("(?m)^\\s*\\*", "").split("(?m)^\\s*@")[0];
        return Stream.of(TAG.matcher(text).replaceAll("$1").split("<p>"))
                .map(paragraph -> paragraph.replaceAll("<[^>]+>", "").replaceAll("\\s+", " ").strip())
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }
}
