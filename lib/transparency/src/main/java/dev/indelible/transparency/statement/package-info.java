@NullMarked
package dev.indelible.transparency.statement;

import org.jspecify.annotations.NullMarked;
