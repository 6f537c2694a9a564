/**
 * Leases: for some time somebody is the only one to do something, and if they crash, the time runs out. Each holder
 * gets a higher token than the one before, and writes under it: who was away for too long cannot overwrite their
 * successor.
 */
@NullMarked
package com.example.provisioning.workspace.lease;

import org.jspecify.annotations.NullMarked;
