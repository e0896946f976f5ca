/// Dates as trials know them: to the day, the month or the year, planned or past. Pure.
@NullMarked
package dev.indelible.trials.date;

import org.jspecify.annotations.NullMarked;
