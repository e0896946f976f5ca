/// Decides whether what a patient granted opens a record: a function of the grants, the request,
/// the rules and the moment, and of nothing else, so that anybody who has these four comes to the
/// same bytes. Terms are those of FHIR R4 Consent and of IHE Privacy Consent on FHIR.
@NullMarked
package dev.indelible.consent;

import org.jspecify.annotations.NullMarked;
