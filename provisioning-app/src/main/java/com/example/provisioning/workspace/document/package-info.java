/**
 * Documents that several people edit. Nobody locks them: a save names the version that its writer has read, and one
 * that was overtaken by another is refused with what is there now.
 */
@NullMarked
package com.example.provisioning.workspace.document;

import org.jspecify.annotations.NullMarked;
