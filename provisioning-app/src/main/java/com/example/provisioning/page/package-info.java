/** Long lists come a page at a time; each page says where the next one begins. */
@NullMarked
package com.example.provisioning.page;

import org.jspecify.annotations.NullMarked;
