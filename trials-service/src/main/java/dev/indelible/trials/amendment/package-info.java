/// Typed amendments: each makes the next version of a protocol.
@NullMarked
package dev.indelible.trials.amendment;

import org.jspecify.annotations.NullMarked;
