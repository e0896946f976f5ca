/// Decides claims under a versioned rule file.
@NullMarked
package dev.indelible.claims.adjudication;

import org.jspecify.annotations.NullMarked;
