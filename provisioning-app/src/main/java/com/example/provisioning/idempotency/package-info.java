/**
 * The header Idempotency-Key: who is not sure whether a request arrived sends it again under the same key, and it is
 * executed once. The key is inserted in the transaction that does the work, so two at once meet at its unique index:
 * the second one waits there, and then gives the answer of the first, but for a secret in it, which is never kept.
 */
@NullMarked
package com.example.provisioning.idempotency;

import org.jspecify.annotations.NullMarked;
