/**
 * Resources with a limited number of places, and bookings of them. The database counts and refuses; nobody looks first
 * whether there is room, for what one sees may be gone a moment later.
 */
@NullMarked
package com.example.provisioning.workspace.booking;

import org.jspecify.annotations.NullMarked;
