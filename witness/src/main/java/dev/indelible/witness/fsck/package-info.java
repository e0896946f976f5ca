/// The command `fsck`: a whole log, or a part of it, checked from what it serves to everybody.
@NullMarked
package dev.indelible.witness.fsck;

import org.jspecify.annotations.NullMarked;
