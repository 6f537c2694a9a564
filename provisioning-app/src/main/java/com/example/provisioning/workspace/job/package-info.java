/**
 * Texts that take long to generate, in jobs. One job of a kind is active in a project: whoever asks again gets that
 * one. Whoever asks anew supersedes it, and a superseded job that ends all the same leaves what the newer one has
 * made.
 */
@NullMarked
package com.example.provisioning.workspace.job;

import org.jspecify.annotations.NullMarked;
