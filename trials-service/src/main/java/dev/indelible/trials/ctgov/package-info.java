/// Reading ClinicalTrials.gov API v2 study records.
@NullMarked
package dev.indelible.trials.ctgov;

import org.jspecify.annotations.NullMarked;
