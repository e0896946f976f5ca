/// Erasing claims and holding them: what the law asks for, and what forbids it.
@NullMarked
package dev.indelible.claims.erasure;

import org.jspecify.annotations.NullMarked;
