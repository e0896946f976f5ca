package dev.indelible.consent;

import org.jspecify.annotations.Nullable;

/// Whose data, at whom: a person as a custodian knows them, compared letter by letter.
///
/// @param custodian alias of the organisation that holds the data (FHIR `Consent.organization`)
/// @param system who gave the identifier; absent when only the custodian knows it
/// @param value the identifier (FHIR `Consent.patient`)
public record Subject(String custodian, @Nullable String system, String value) {}
