/// Findings about a trial's outcomes: computed, stored and anchored.
@NullMarked
package dev.indelible.trials.finding;

import org.jspecify.annotations.NullMarked;
