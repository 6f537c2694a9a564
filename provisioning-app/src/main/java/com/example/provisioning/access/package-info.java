/**
 * Who is calling, and may they: a controller that takes a {@link com.example.provisioning.access.Member} is reached by
 * members of the organization or workspace in its path only, and everybody else gets the 404 that a wrong identifier
 * gets. What only some roles may do begins with {@code member.mustBe(OWNER)}.
 */
@NullMarked
package com.example.provisioning.access;

import org.jspecify.annotations.NullMarked;
