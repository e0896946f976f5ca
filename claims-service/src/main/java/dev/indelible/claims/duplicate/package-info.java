/// Tells whether an insurer has the same claim already.
@NullMarked
package dev.indelible.claims.duplicate;

import org.jspecify.annotations.NullMarked;
