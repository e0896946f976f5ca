@NullMarked
package dev.indelible.transparency.merkle;

import org.jspecify.annotations.NullMarked;
