/// Gets statements into a log and their receipts back. Knows nothing of what is anchored.
@NullMarked
package dev.indelible.anchoring;

import org.jspecify.annotations.NullMarked;
