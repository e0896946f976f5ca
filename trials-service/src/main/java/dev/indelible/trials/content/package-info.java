/// The documents that sponsors send, and what is wrong with them. Pure.
@NullMarked
package dev.indelible.trials.content;

import org.jspecify.annotations.NullMarked;
