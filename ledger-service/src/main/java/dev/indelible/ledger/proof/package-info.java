/// Proofs and receipts, assembled from what is sealed.
@NullMarked
package dev.indelible.ledger.proof;

import org.jspecify.annotations.NullMarked;
