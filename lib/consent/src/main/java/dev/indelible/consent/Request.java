package dev.indelible.consent;

/// What somebody asks to do.
///
/// @param organisation alias of the organisation that asks
/// @param role role of the person or machine that asks for it
/// @param purpose code of HL7 v3 PurposeOfUse
/// @param action code of FHIR `consentaction`
/// @param dataClass FHIR resource type (`provision.class`)
/// @param subject whose data
/// @param record id of the record that is asked for; decides nothing, and ties the decision to it
/// @param recordTime when that record was made
public record Request(
    String organisation,
    String role,
    String purpose,
    String action,
    String dataClass,
    Subject subject,
    String record,
    UtcMoment recordTime) {}
