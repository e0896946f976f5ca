/// Derives every row of the ledger again from the entries' bytes and the signed checkpoints.
@NullMarked
package dev.indelible.ledger.audit;

import org.jspecify.annotations.NullMarked;
