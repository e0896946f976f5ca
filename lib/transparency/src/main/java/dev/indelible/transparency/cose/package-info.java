@NullMarked
package dev.indelible.transparency.cose;

import org.jspecify.annotations.NullMarked;
