@NullMarked
package dev.indelible.transparency.note;

import org.jspecify.annotations.NullMarked;
