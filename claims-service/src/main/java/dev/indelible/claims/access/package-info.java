/// Who saw which claim, when, why and by what right: every read is an event, and the events of an
/// hour are a statement in the log.
@NullMarked
package dev.indelible.claims.access;

import org.jspecify.annotations.NullMarked;
