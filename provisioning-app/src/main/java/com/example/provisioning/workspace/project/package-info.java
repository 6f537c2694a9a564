/**
 * Projects and their assets. Whoever edits names the version that they have read; whoever adds or removes an asset
 * counts it in the same transaction. The audit log tells who did what.
 */
@NullMarked
package com.example.provisioning.workspace.project;

import org.jspecify.annotations.NullMarked;
