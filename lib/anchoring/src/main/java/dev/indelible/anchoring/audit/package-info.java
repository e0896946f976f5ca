/// Compares the live rows with what was anchored and with the log itself.
@NullMarked
package dev.indelible.anchoring.audit;

import org.jspecify.annotations.NullMarked;
