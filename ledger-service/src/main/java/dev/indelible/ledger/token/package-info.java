/// What happens to match tokens after their entries are in the log: re-keyed, or erased.
@NullMarked
package dev.indelible.ledger.token;

import org.jspecify.annotations.NullMarked;
