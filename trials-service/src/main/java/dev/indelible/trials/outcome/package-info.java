/// What was promised against what was reported. Pure functions, integers only; no database, no
/// clock, no framework.
@NullMarked
package dev.indelible.trials.outcome;

import org.jspecify.annotations.NullMarked;
