/// Registered protocols and their versions.
@NullMarked
package dev.indelible.trials.protocol;

import org.jspecify.annotations.NullMarked;
