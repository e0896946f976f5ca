@NullMarked
package dev.indelible.transparency.receipt;

import org.jspecify.annotations.NullMarked;
