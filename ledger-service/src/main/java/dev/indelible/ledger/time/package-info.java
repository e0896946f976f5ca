/// Time that others attest: a time-stamping authority's word that a checkpoint existed.
@NullMarked
package dev.indelible.ledger.time;

import org.jspecify.annotations.NullMarked;
