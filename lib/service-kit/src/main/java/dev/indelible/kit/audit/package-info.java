@NullMarked
package dev.indelible.kit.audit;

import org.jspecify.annotations.NullMarked;
