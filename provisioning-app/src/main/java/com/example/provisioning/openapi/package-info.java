/** The description of the API at /api/openapi: made from the controllers, so that it cannot be forgotten. */
@NullMarked
package com.example.provisioning.openapi;

import org.jspecify.annotations.NullMarked;
