/**
 * The other way in: whoever administrates people elsewhere puts them here before they sign in themselves. It takes a
 * token with the scope {@code provisioning}, knows nothing of the login, and meets it in the database.
 */
@NullMarked
package com.example.provisioning.directory;

import org.jspecify.annotations.NullMarked;
