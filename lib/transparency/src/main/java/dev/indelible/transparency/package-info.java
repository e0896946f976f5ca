@NullMarked
package dev.indelible.transparency;

import org.jspecify.annotations.NullMarked;
