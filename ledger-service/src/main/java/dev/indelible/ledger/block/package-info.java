/// Blocks: leaf ranges sealed by signed checkpoints, and the cosignatures on them.
@NullMarked
package dev.indelible.ledger.block;

import org.jspecify.annotations.NullMarked;
