/// The command `monitor`: what one log shows to different people, compared.
@NullMarked
package dev.indelible.witness.monitor;

import org.jspecify.annotations.NullMarked;
