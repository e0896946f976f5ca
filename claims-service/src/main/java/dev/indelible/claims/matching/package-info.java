/// Alerts: the same service, billed twice to one insurer or to two.
@NullMarked
package dev.indelible.claims.matching;

import org.jspecify.annotations.NullMarked;
