/// A witness: it cosigns a log's checkpoints as long as each extends the one before, so that a log
/// which shows two histories to two readers is found out (C2SP tlog-witness v1.0.0).
@NullMarked
package dev.indelible.witness;

import org.jspecify.annotations.NullMarked;
