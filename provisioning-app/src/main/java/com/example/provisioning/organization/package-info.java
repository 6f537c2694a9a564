/** A company, or the personal organization of somebody who has none. */
@NullMarked
package com.example.provisioning.organization;

import org.jspecify.annotations.NullMarked;
