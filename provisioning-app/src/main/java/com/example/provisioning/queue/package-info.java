/**
 * Work that is done later, by any instance. It waits in a table, so it is put there in the transaction that wants it
 * done: neither is ever there without the other. A feature declares its task as a bean.
 */
@NullMarked
package com.example.provisioning.queue;

import org.jspecify.annotations.NullMarked;
