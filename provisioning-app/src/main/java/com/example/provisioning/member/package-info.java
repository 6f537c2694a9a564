/** The people of an organization, and what owners may do about them. There is always an owner. */
@NullMarked
package com.example.provisioning.member;

import org.jspecify.annotations.NullMarked;
