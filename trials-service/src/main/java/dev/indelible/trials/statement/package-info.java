/// How rows become fields of statements.
@NullMarked
package dev.indelible.trials.statement;

import org.jspecify.annotations.NullMarked;
