/// An external checker of the ledger: clients that write down what they asked and what they were
/// told, observers that write down what they saw, and a judge who compares both with what the log
/// shows afterwards. Nothing here looks into a database or shares code with the ledger-service.
@NullMarked
package dev.indelible.faults.history;

import org.jspecify.annotations.NullMarked;
