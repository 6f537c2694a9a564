/**
 * Invitations for people from outside: a token that is good once and for a week, and a seat for whoever accepts it.
 * Colleagues need none, and take no seat.
 */
@NullMarked
package com.example.provisioning.invitation;

import org.jspecify.annotations.NullMarked;
