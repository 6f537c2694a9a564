/**
 * Who did what to what: everything that a member changes in an organization or its workspace, and every first login. It
 * names what was changed and has no copy of it. An entry is written in the transaction that does it: neither is there
 * without the other. One's own profile belongs to no organization, and is in no log.
 */
@NullMarked
package com.example.provisioning.audit;

import org.jspecify.annotations.NullMarked;
