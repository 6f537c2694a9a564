/** Just-in-time provisioning: the first login creates user, organization, workspace and membership, once. */
@NullMarked
package com.example.provisioning;

import org.jspecify.annotations.NullMarked;
