/// Tells the database on whose behalf a transaction reads and writes. Its policies (PostgreSQL,
/// "Row Security Policies") are the second wall; the services' own questions, which all name an
/// organisation, are the first.
@NullMarked
package dev.indelible.anchoring.scope;

import org.jspecify.annotations.NullMarked;
