package dev.indelible.claims.fhir;

import dev.indelible.claims.Member;
import dev.indelible.claims.Moment;
import dev.indelible.claims.consent.Grant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/// A grant as a FHIR R4 Consent, in the elements that IHE Privacy Consent on FHIR (PCF) calls
/// intermediate: one provision with recipient, purpose and times.
public final class FhirConsent {
  private static final String SCOPES = "http://terminology.hl7.org/CodeSystem/consentscope";
  private static final String LOINC = "http://loinc.org";
  private static final String PURPOSES = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
  private static final String ACTIONS = "http://terminology.hl7.org/CodeSystem/consentaction";
  private static final String TYPES = "http://hl7.org/fhir/resource-types";
  private static final String PARTICIPATIONS =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

  /// What the names of rule files are relative to.
  private static final String RULES = "https://indelible.dev/rules/";

  private FhirConsent() {}

  /// The grant at a moment.
  ///
  /// @param ruleSet name of the rules that say what it can open
  /// @param now in the spelling of columns
  public static String of(Grant grant, String ruleSet, String now) {
    Consent consent = new Consent();
    consent.setId(grant.id().toString());
    boolean active = grant.revokedAt() == null && now.compareTo(grant.until()) < 0;
    consent.setStatus(active ? ConsentState.ACTIVE : ConsentState.INACTIVE);
    consent.setScope(concept(SCOPES, "patient-privacy"));
    // Patient consent document (LOINC), as PCF asks.
    consent.addCategory(concept(LOINC, "59284-0"));
    consent.setPatient(patient(grant.member()));
    consent.addPerformer(patient(grant.member()));
    consent.addOrganization(new Reference().setDisplay(grant.member().organisation()));
    consent.setDateTimeElement(new DateTimeType(grant.grantedAt()));
    consent.addPolicy().setUri(RULES + ruleSet);
    provision(consent.getProvision(), grant);
    return Fhir.R4.newJsonParser().encodeResourceToString(consent);
  }

  private static void provision(ProvisionComponent provision, Grant grant) {
    provision.setType(ConsentProvisionType.fromCode(grant.type()));
    provision.setPeriod(period(grant.from(), grant.until()));
    provision
        .addActor()
        .setRole(concept(PARTICIPATIONS, "IRCP"))
        .setReference(new Reference().setDisplay(grant.recipient()));
    provision.addAction(concept(ACTIONS, "access"));
    provision.addPurpose(new Coding().setSystem(PURPOSES).setCode(grant.purpose()));
    provision.addClass_(new Coding().setSystem(TYPES).setCode("Claim"));
    if (grant.recordsFrom() != null && grant.recordsUntil() != null) {
      provision.setDataPeriod(period(grant.recordsFrom(), grant.recordsUntil()));
    }
  }

  /// FHIR's periods hold their end, ours do not; between two moments of ours is a microsecond.
  private static Period period(String from, String until) {
    Instant last = Instant.parse(until).minus(1, ChronoUnit.MICROS);
    return new Period()
        .setStartElement(new DateTimeType(from))
        .setEndElement(new DateTimeType(Moment.text(last)));
  }

  private static Reference patient(Member member) {
    Reference reference = new Reference();
    reference.getIdentifier().setSystem(member.system()).setValue(member.value());
    return reference;
  }

  private static CodeableConcept concept(String system, String code) {
    return new CodeableConcept().addCoding(new Coding().setSystem(system).setCode(code));
  }
}
