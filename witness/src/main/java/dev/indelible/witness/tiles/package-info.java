/// A log as anybody can read it: a checkpoint, tiles and entry bundles over HTTP (C2SP tlog-tiles),
/// and the check that they belong together.
///
/// Checking goes from the signed root downwards. A tile counts once it hashes to what the tile
/// above it says, an entry once it hashes to its leaf in such a tile. So what is wrong can be
/// named: it is the first thing on the way down that does not fit what was proved right before it.
@NullMarked
package dev.indelible.witness.tiles;

import org.jspecify.annotations.NullMarked;
