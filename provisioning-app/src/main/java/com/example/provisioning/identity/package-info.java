/** Who somebody is: what the token says, checked, and the keys and identifiers that follow from it. */
@NullMarked
package com.example.provisioning.identity;

import org.jspecify.annotations.NullMarked;
