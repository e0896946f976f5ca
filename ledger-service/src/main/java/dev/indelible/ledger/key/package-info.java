/// The generations of a log's keys: where they are kept, and which of them sign.
@NullMarked
package dev.indelible.ledger.key;

import org.jspecify.annotations.NullMarked;
