package com.example.provisioning.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some items in the order of their identifiers. The next page begins after an item and not at a number: nothing is
 * shown twice or left out when others add and delete meanwhile.
 *
 * @param next what to ask for as {@code after} to get the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** @param oneMore as many items as were asked for and one more, if there is one */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Object> id) {
        var items = oneMore.subList(0, Math.min(limit, oneMore.size()));
        return new Page<>(
                List.copyOf(items),
                oneMore.size() > limit ? id.apply(items.get(limit - 1)).toString() : null);
    }
}
