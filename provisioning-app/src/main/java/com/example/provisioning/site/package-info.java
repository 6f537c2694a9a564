/** What all pages share: signing in, and how a problem looks. The pages themselves stand beside what they show. */
@NullMarked
package com.example.provisioning.site;

import org.jspecify.annotations.NullMarked;
