package dev.indelible.ledger.head;

import dev.indelible.transparency.merkle.CompactRange;
import java.util.Optional;

/// A log's head row.
///
/// @param range the tree, as its perfect subtrees
/// @param epoch fencing token of the writer in office
/// @param frozen why nobody may write, if so
public record Head(CompactRange range, long epoch, Optional<String> frozen) {}
