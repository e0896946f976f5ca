/// What the public may see of a registered trial.
@NullMarked
package dev.indelible.trials.publication;

import org.jspecify.annotations.NullMarked;
