/** What people say about themselves: a handle and an address, each of which only one of them can have. */
@NullMarked
package com.example.provisioning.profile;

import org.jspecify.annotations.NullMarked;
