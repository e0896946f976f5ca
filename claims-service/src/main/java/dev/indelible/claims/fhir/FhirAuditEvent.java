package dev.indelible.claims.fhir;

import dev.indelible.claims.access.AccessEvent;
import dev.indelible.claims.access.Action;
import java.util.Arrays;
import java.util.Objects;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;

/// An event as FHIR's AuditEvent. It meets every constraint of a profile of IHE BALP 1.1 (Basic
/// Audit Log Patterns): PatientRead for what is read, PatientQuery for what is found in a list,
/// PatientCreate for decisions, and PrivacyDisclosure.Source for evidence. Broken glass and reading
/// the history are messages of DICOM (PS3.15 A.5.3), for which BALP has no profile. What the
/// profiles ask for and the history does not have is there as absent: the patient is masked,
/// network addresses and the parameters of a list are unknown. So an event does not name its
/// profile: who looks for events of one may count on these.
public final class FhirAuditEvent {
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String REST = "http://hl7.org/fhir/restful-interaction";
  private static final String ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String RESOURCE = "http://hl7.org/fhir/resource-types";
  private static final String OBJECT = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final String PURPOSES = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  private static final String ROLES = "urn:indelible:role";
  private static final String HISTORY = "urn:indelible:access-history";

  private FhirAuditEvent() {}

  /// The event as JSON.
  public static String of(AccessEvent recorded) {
    return Fhir.R4.newJsonParser().encodeResourceToString(resource(recorded));
  }

  static AuditEvent resource(AccessEvent recorded) {
    AuditEvent event = new AuditEvent();
    event.setId(recorded.id().toString());
    describe(event, action(recorded.action()));
    event.setRecordedElement(new InstantType(recorded.at()));
    event.setOutcome(AuditEventOutcome._0);
    event.addPurposeOfEvent(concept(PURPOSES, recorded.purpose()));
    agents(event, recorded);
    event.getSource().setObserver(service());
    event
        .getSource()
        .addType(coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4"));
    entities(event, recorded);
    return event;
  }

  private static Action action(String word) {
    return Arrays.stream(Action.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no action of ours: " + word));
  }

  private static void describe(AuditEvent event, Action action) {
    event.setAction(AuditEventAction.fromCode(String.valueOf(action.code())));
    event.setType(type(action));
    switch (action) {
      case READ, DISCLOSE_RECEIPT -> event.addSubtype(coding(REST, "read"));
      case DISCLOSE_EVIDENCE -> {
        event.addSubtype(
            coding("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose"));
        event.addSubtype(coding(REST, "read"));
      }
      case SEARCH -> event.addSubtype(coding(REST, "search-type"));
      case DECIDE -> event.addSubtype(coding(REST, "create"));
      case BREAK_GLASS -> event.addSubtype(coding(DICOM, "110127")); // Emergency Override Started
      case READ_HISTORY -> {} // by what request is not recorded
    }
  }

  static Coding type(Action action) {
    return switch (action) {
      case DISCLOSE_EVIDENCE -> coding(DICOM, "110106"); // Export
      case BREAK_GLASS -> coding(DICOM, "110113"); // Security Alert
      case READ_HISTORY -> coding(DICOM, "110101"); // Audit Log Used
      default -> coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest");
    };
  }

  /// Data goes from source to destination, but for a search: there the parameters go, from the
  /// client to the server (BALP 1.1, note at Query).
  private static void agents(AuditEvent event, AccessEvent recorded) {
    boolean read = event.getAction() == AuditEventAction.R;
    AuditEventAgentComponent server = agent(event, coding(DICOM, read ? "110153" : "110152"));
    server.setWho(service());
    absent(server.getNetwork(), "unknown");
    AuditEventAgentComponent client = agent(event, coding(DICOM, read ? "110152" : "110153"));
    client
        .getWho()
        .setDisplay(Objects.requireNonNullElse(recorded.actorOrganisation(), recorded.role()));
    absent(client.getNetwork(), "unknown");
    AuditEventAgentComponent user = agent(event, coding(PARTICIPATION, participation(event)));
    user.setRequestor(true).getWho().getIdentifier().setValue(recorded.actor());
    user.addRole(concept(ROLES, recorded.role()));
    user.addPurposeOfUse(concept(PURPOSES, recorded.purpose()));
    user.addPolicy(
        recorded.rightId() == null
            ? "urn:indelible:right:" + recorded.right()
            : "urn:uuid:" + recorded.rightId());
  }

  /// Who decides is the author of what is created; anybody else is given something.
  private static String participation(AuditEvent event) {
    return event.getAction() == AuditEventAction.C ? "AUT" : "IRCP";
  }

  private static AuditEventAgentComponent agent(AuditEvent event, Coding type) {
    return event.addAgent().setRequestor(false).setType(new CodeableConcept(type));
  }

  private static Reference service() {
    return new Reference().setDisplay("claims-service");
  }

  private static void entities(AuditEvent event, AccessEvent recorded) {
    if (recorded.action().equals(Action.READ_HISTORY.word())) {
      history(event.addEntity());
    }
    if (recorded.claim() != null) {
      claim(event, recorded);
    }
  }

  /// DICOM PS3.15, table A.5.3.2-1.
  private static void history(AuditEventEntityComponent log) {
    log.setType(coding(ENTITY, "2")).setRole(coding(OBJECT, "13")).setName("Security Audit Log");
    log.getWhat().getIdentifier().setSystem("urn:ietf:rfc:3986").setValue(HISTORY);
  }

  private static void claim(AuditEvent event, AccessEvent recorded) {
    boolean found = recorded.action().equals(Action.SEARCH.word());
    AuditEventEntityComponent claim = event.addEntity();
    // Of a search, PatientQuery has the one system object be the query.
    claim.setType(found ? coding(RESOURCE, "Claim") : coding(ENTITY, "2"));
    claim.setRole(coding(OBJECT, "4")).setWhat(new Reference("Claim/" + recorded.claim()));
    if (found) {
      AuditEventEntityComponent query = event.addEntity();
      query.setType(coding(ENTITY, "2")).setRole(coding(OBJECT, "24"));
      absent(query.getQueryElement(), "unknown");
    }
    AuditEventEntityComponent patient = event.addEntity();
    patient.setType(coding(ENTITY, "1")).setRole(coding(OBJECT, "1"));
    patient.getWhat().setType("Patient");
    absent(patient.getWhat(), "masked");
  }

  private static void absent(Element element, String why) {
    var ignored = element.addExtension().setUrl(ABSENT).setValue(new CodeType(why));
  }

  private static CodeableConcept concept(String system, String code) {
    return new CodeableConcept(coding(system, code));
  }

  private static Coding coding(String system, String code) {
    return new Coding().setSystem(system).setCode(code);
  }
}
