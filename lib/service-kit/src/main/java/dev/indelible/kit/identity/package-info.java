@NullMarked
package dev.indelible.kit.identity;

import org.jspecify.annotations.NullMarked;
