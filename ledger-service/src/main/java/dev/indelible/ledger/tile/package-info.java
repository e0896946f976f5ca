/// The tree as C2SP tlog-tiles keeps it: rows of 256 hashes.
@NullMarked
package dev.indelible.ledger.tile;

import org.jspecify.annotations.NullMarked;
