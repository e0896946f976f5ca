package dev.indelible.witness.monitor;

import dev.indelible.transparency.TreeHead;
import dev.indelible.witness.evidence.Fork;
import dev.indelible.witness.tiles.SignedHead;

/// What a place showed.
///
/// @param place where
/// @param signed what, with signatures that hold
record View(Place place, SignedHead signed) {
  TreeHead head() {
    return signed.head();
  }

  Fork.Seen seen() {
    return new Fork.Seen(place.name(), signed.text());
  }
}
