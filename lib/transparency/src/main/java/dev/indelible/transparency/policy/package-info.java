@NullMarked
package dev.indelible.transparency.policy;

import org.jspecify.annotations.NullMarked;
