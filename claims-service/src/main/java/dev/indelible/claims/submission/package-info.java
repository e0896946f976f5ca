/// Takes claims in: rules, rows, statement and outbox in one transaction.
@NullMarked
package dev.indelible.claims.submission;

import org.jspecify.annotations.NullMarked;
