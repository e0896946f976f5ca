@NullMarked
package dev.indelible.transparency.canonical;

import org.jspecify.annotations.NullMarked;
