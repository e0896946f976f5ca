@NullMarked
package dev.indelible.kit.time;

import org.jspecify.annotations.NullMarked;
