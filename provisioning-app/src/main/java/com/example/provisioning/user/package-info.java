/** People, one row for each issuer and subject. */
@NullMarked
package com.example.provisioning.user;

import org.jspecify.annotations.NullMarked;
