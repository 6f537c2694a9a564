/** Who belongs to which organization, and in which role. */
@NullMarked
package com.example.provisioning.membership;

import org.jspecify.annotations.NullMarked;
