/// The client side of C2SP tlog-witness. Never needed for an entry to be accepted.
@NullMarked
package dev.indelible.ledger.witness;

import org.jspecify.annotations.NullMarked;
