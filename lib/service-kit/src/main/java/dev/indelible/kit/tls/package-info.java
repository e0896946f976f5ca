@NullMarked
package dev.indelible.kit.tls;

import org.jspecify.annotations.NullMarked;
