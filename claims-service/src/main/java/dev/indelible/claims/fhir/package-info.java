/// Reads and writes FHIR R4. Knows no storage.
@NullMarked
package dev.indelible.claims.fhir;

import org.jspecify.annotations.NullMarked;
