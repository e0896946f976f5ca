/// The commands behind `./indelible`: results on standard output, progress on standard error, and
/// an exit code that says which kind of answer it was.
@NullMarked
package dev.indelible.local.command;

import org.jspecify.annotations.NullMarked;
