/// Clinical trials whose history cannot be rewritten: what is common to all features.
@NullMarked
package dev.indelible.trials;

import org.jspecify.annotations.NullMarked;
