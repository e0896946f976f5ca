/// The logs: what is configured, what is refused, and how a transaction ends.
@NullMarked
package dev.indelible.ledger;

import org.jspecify.annotations.NullMarked;
