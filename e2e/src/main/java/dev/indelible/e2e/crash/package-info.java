/// Kills a service at a named step, without a trace of it in the service's own code.
@NullMarked
package dev.indelible.e2e.crash;

import org.jspecify.annotations.NullMarked;
