/// Versioned rule files, whose digests go into the log before anything is decided by them.
@NullMarked
package dev.indelible.claims.rules;

import org.jspecify.annotations.NullMarked;
