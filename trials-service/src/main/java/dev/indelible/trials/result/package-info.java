/// Result sets, each bound to one protocol version.
@NullMarked
package dev.indelible.trials.result;

import org.jspecify.annotations.NullMarked;
