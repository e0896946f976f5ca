@NullMarked
package dev.indelible.kit.problem;

import org.jspecify.annotations.NullMarked;
