/// What the commands of this module have in common: words on the command line, the three verdicts
/// and their exit codes.
@NullMarked
package dev.indelible.witness.command;

import org.jspecify.annotations.NullMarked;
