package dev.indelible.faults.history;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;

/// An entry as a client offers it to the log.
///
/// @param entry the signed entry
/// @param token its unique match token; two offers that share one are duplicates
public record Offer(Entry entry, Hash token) {
  Hash leafHash() {
    return entry.leafHash();
  }
}
