/// The program `mirror`: a verified copy of a log, as files that any web server can serve.
@NullMarked
package dev.indelible.witness.mirror;

import org.jspecify.annotations.NullMarked;
