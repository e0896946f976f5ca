/// Proof that a log has signed two histories, in a form that convinces people who were not there.
@NullMarked
package dev.indelible.witness.evidence;

import org.jspecify.annotations.NullMarked;
