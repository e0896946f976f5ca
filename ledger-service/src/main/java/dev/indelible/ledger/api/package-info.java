/// The HTTP face: parse, hand over, answer. Decides nothing.
@NullMarked
package dev.indelible.ledger.api;

import org.jspecify.annotations.NullMarked;
