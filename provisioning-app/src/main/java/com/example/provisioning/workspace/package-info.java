/** Where the people of an organization work. */
@NullMarked
package com.example.provisioning.workspace;

import org.jspecify.annotations.NullMarked;
