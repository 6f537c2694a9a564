package com.example.provisioning.profile;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** @param email by which somebody wants to be reached; nobody has verified that it is theirs, so it opens no door */
record Profile(@Nullable String handle, @Schema(description = Profile.UNVERIFIED) @Nullable String email) {

    static final String UNVERIFIED = "To be reached by. Nobody has verified it, and it grants nothing: which organization "
            + "somebody belongs to follows from the token alone. Whoever has named it first has it, however it is spelt.";
}
