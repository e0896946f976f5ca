/// Order: one fenced writer per log gives entries their indices. Knows nothing of HTTP.
@NullMarked
package dev.indelible.ledger.log;

import org.jspecify.annotations.NullMarked;
