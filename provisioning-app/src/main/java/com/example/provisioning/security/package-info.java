/** Who may call what. */
@NullMarked
package com.example.provisioning.security;

import org.jspecify.annotations.NullMarked;
