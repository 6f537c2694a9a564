/** Who did what to what. An entry is written in the transaction that does it: neither is there without the other. */
@NullMarked
package com.example.provisioning.audit;

import org.jspecify.annotations.NullMarked;
