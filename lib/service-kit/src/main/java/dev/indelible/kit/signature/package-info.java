/// Who computes signatures.
@NullMarked
package dev.indelible.kit.signature;

import org.jspecify.annotations.NullMarked;
