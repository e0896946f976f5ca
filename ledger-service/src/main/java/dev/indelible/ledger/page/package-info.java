/// The two pages for people.
@NullMarked
package dev.indelible.ledger.page;

import org.jspecify.annotations.NullMarked;
