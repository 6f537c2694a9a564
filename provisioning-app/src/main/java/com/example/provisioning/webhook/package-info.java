/**
 * Webhooks as the Standard Webhooks specification has them: signed, and delivered at least once. The identifier of a
 * delivery is inserted in the transaction that executes it: a second one waits for the first, and is acknowledged only.
 */
@NullMarked
package com.example.provisioning.webhook;

import org.jspecify.annotations.NullMarked;
