/// HTTP as the programs of this module serve it.
@NullMarked
package dev.indelible.witness.serve;

import org.jspecify.annotations.NullMarked;
