/** The first page: who one is, and where one belongs. */
@NullMarked
package com.example.provisioning.home;

import org.jspecify.annotations.NullMarked;
