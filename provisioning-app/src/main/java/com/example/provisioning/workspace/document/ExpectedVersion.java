package com.example.provisioning.workspace.document;

import com.example.provisioning.problem.ProblemException;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The version that somebody has read before they write. It comes in the header If-Match or beside the data; the header
 * goes first, and who uses it is refused with 412 instead of 409, as HTTP has it.
 */
record ExpectedVersion(long version, boolean inHeader) {

    /** As GET and PUT hand it out. */
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    /** No document ever has it. */
    private static final long NONE = 0;

    static ExpectedVersion of(@Nullable String ifMatch, @Nullable Long version) {
        if (ifMatch != null) {
            var tag = ETAG.matcher(ifMatch.strip());
            return new ExpectedVersion(tag.matches() ? Long.parseLong(tag.group(1)) : NONE, true);
        }
        if (version != null) {
            return new ExpectedVersion(version, false);
        }
        throw new ProblemException(
                HttpStatus.PRECONDITION_REQUIRED,
                "version-required",
                "Say which version you have read, in 'version' or in the header If-Match.");
    }

    <T> T orRefused(LongFunction<T> write) {
        try {
            return write.apply(version);
        } catch (StaleDocumentException stale) {
            throw inHeader ? stale.asFailedPrecondition() : stale;
        }
    }
}
