/// The row that says how long a log is and who may write it.
@NullMarked
package dev.indelible.ledger.head;

import org.jspecify.annotations.NullMarked;
