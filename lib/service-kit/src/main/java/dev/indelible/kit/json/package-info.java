@NullMarked
package dev.indelible.kit.json;

import org.jspecify.annotations.NullMarked;
