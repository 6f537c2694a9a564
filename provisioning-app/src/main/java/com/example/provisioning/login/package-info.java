/** Signing in, which provisions on demand. {@link com.example.provisioning.login.Login} is the heart of it all. */
@NullMarked
package com.example.provisioning.login;

import org.jspecify.annotations.NullMarked;
