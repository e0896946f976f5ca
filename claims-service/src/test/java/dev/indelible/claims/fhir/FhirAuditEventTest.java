package dev.indelible.claims.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import dev.indelible.claims.access.AccessEvent;
import dev.indelible.claims.access.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What others' audit tools find in an event.
@Tag("hipaa/164.312.b")
class FhirAuditEventTest {
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BREAK_GLASS", "READ_HISTORY"})
  void anEventMeetsItsProfile(Action action) {
    assertEquals(List.of(), profile(action).broken(event(action)));
  }

  /// A profile of another action is not met, so the constraints tell events apart.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BREAK_GLASS", "READ_HISTORY"})
  void anEventMeetsNoOtherProfile(Action action) {
    for (BalpProfile other : BalpProfile.values()) {
      if (other != profile(action)) {
        assertNotEquals(List.of(), other.broken(event(action)), other::name);
      }
    }
  }

  /// BALP has no profile for it; DICOM has the codes.
  @Test
  void brokenGlassIsAnAlert() {
    AuditEvent event = event(Action.BREAK_GLASS);
    assertEquals("110113", event.getType().getCode());
    assertEquals("110127", event.getSubtypeFirstRep().getCode());
    assertEquals(AuditEventAction.E, event.getAction());
  }

  /// DICOM PS3.15, table A.5.3.2-1: BALP has no profile for it either.
  @Test
  void aReadOfTheHistoryIsAnAuditLogUsed() {
    AuditEvent event = event(Action.READ_HISTORY);
    assertEquals("110101", event.getType().getCode());
    assertEquals("http://dicom.nema.org/resources/ontology/DCM", event.getType().getSystem());
    assertEquals(AuditEventAction.R, event.getAction());
    List<AuditEventAgentComponent> readers =
        event.getAgent().stream().filter(AuditEventAgentComponent::getRequestor).toList();
    assertEquals(
        List.of("5f0c"), readers.stream().map(a -> a.getWho().getIdentifier().getValue()).toList());
    var log = event.getEntityFirstRep();
    assertEquals("2", log.getType().getCode());
    assertEquals("13", log.getRole().getCode());
    assertEquals("Security Audit Log", log.getName());
    assertEquals("urn:ietf:rfc:3986", log.getWhat().getIdentifier().getSystem());
    assertEquals("urn:indelible:access-history", log.getWhat().getIdentifier().getValue());
    assertEquals(
        "Claim", event.getEntity().get(1).getWhat().getReferenceElement().getResourceType());
  }

  /// What was shown is about several claims, and so about nobody in particular.
  @Test
  void aReadOfManyNamesNeitherClaimNorPatient() {
    assertEquals(1, read(Action.READ_HISTORY, null).getEntity().size());
  }

  /// Of the patient an event says that there is one, and nothing else.
  @ParameterizedTest
  @EnumSource
  void thePatientIsMasked(Action action) {
    Reference patient = event(action).getEntity().getLast().getWhat();
    assertTrue(patient.getReference() == null && !patient.hasIdentifier() && !patient.hasDisplay());
    assertEquals("masked", patient.getExtensionFirstRep().getValue().primitiveValue());
  }

  private static BalpProfile profile(Action action) {
    return switch (action) {
      case READ, DISCLOSE_RECEIPT -> BalpProfile.PATIENT_READ;
      case SEARCH -> BalpProfile.PATIENT_QUERY;
      case DECIDE -> BalpProfile.PATIENT_CREATE;
      case DISCLOSE_EVIDENCE -> BalpProfile.PRIVACY_DISCLOSURE_SOURCE;
      case BREAK_GLASS, READ_HISTORY -> throw new IllegalArgumentException("has none");
    };
  }

  /// As it is read again, by a reader that takes nothing unknown.
  private static AuditEvent event(Action action) {
    return read(action, UUID.randomUUID());
  }

  private static AuditEvent read(Action action, UUID claim) {
    AccessEvent recorded =
        new AccessEvent(
            UUID.randomUUID(),
            claim,
            "alder",
            "5f0c",
            "alder",
            "adjudicator",
            action.word(),
            "HPAYMT",
            "own-organisation",
            null,
            "2026-11-27T08:00:00.000Z");
    IParser parser =
        FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    return parser.parseResource(AuditEvent.class, FhirAuditEvent.of(recorded));
  }

  /// One edit of a sound event, and the constraint that sees it.
  record Edit(String constraint, Action action, Consumer<AuditEvent> edit) {
    @Override
    public String toString() {
      return constraint;
    }
  }

  static Stream<Edit> edits() {
    Map<String, Consumer<AuditEvent>> read = new LinkedHashMap<>();
    read.put("type", event -> event.getType().setSystem("urn:another"));
    read.put("subtype", event -> event.getSubtypeFirstRep().setCode("search"));
    read.put("action", event -> event.setAction(AuditEventAction.U));
    read.put("recorded", event -> event.setRecorded(null));
    read.put("outcome", event -> event.setOutcome(AuditEventOutcome._4));
    read.put(
        "modifierExtension",
        event -> event.addModifierExtension(new Extension("urn:x", new StringType("x"))));
    read.put("agent[client] 1..1", event -> event.getAgent().remove(1));
    read.put("agent[server] 1..1", event -> event.addAgent(event.getAgentFirstRep().copy()));
    read.put("agent[user] 0..1", event -> event.addAgent(event.getAgent().get(2).copy()));
    read.put("agent[user], which we know", event -> event.getAgent().remove(2));
    read.put("agent.requestor", event -> event.getAgent().get(1).setRequestorElement(null));
    read.put("agent.who", event -> event.getAgent().get(1).setWho(null));
    read.put("agent.network", event -> event.getAgentFirstRep().setNetwork(null));
    read.put("agent.media", event -> event.getAgentFirstRep().getMedia().setCode("110030"));
    read.put("agent[user].who", event -> event.getAgent().get(2).setWho(null));
    read.put("agent[user].requestor", event -> event.getAgent().get(2).setRequestor(false));
    read.put(
        "agent[user].network",
        event ->
            event
                .getAgent()
                .get(2)
                .setNetwork(new AuditEventAgentNetworkComponent().setAddress("192.0.2.1")));
    read.put("agent[user].role", event -> event.getAgent().get(2).setRole(null));
    read.put("agent[user].purposeOfUse", event -> event.getAgent().get(2).setPurposeOfUse(null));
    read.put("source.observer", event -> event.getSource().setObserver(null));
    read.put("source is the server", event -> event.getSource().getObserver().setDisplay("other"));
    read.put("entity of type 2 is one", event -> event.getEntity().removeFirst());
    read.put("entity[data].role", event -> event.getEntityFirstRep().getRole().setCode("24"));
    read.put("entity[data].what", event -> event.getEntityFirstRep().setWhat(null));
    read.put("entity[patient] 1..1", event -> event.getEntity().removeLast());
    read.put("entity[patient].role", event -> event.getEntity().getLast().setRole(null));
    read.put("entity[patient].what", event -> event.getEntity().getLast().setWhat(null));
    read.put(
        "entity[patient].what is a patient",
        event -> event.getEntity().getLast().getWhat().setType("Person"));
    Map<String, Consumer<AuditEvent>> query = new LinkedHashMap<>();
    query.put("entity[query].role", event -> event.getEntity().get(1).getRole().setCode("4"));
    query.put(
        "entity[query].what", event -> event.getEntity().get(1).setWhat(new Reference("Claim/1")));
    query.put(
        "entity[query].lifecycle", event -> event.getEntity().get(1).getLifecycle().setCode("6"));
    query.put("entity[query].detail", event -> event.getEntity().get(1).addDetail().setType("x"));
    query.put("entity[query].query", event -> event.getEntity().get(1).setQueryElement(null));
    query.put(
        "sev-1, no name beside a query",
        event -> event.getEntity().get(1).setName("x").setQuery(new byte[] {1}));
    return Stream.concat(edits(Action.READ, read), edits(Action.SEARCH, query));
  }

  private static Stream<Edit> edits(Action action, Map<String, Consumer<AuditEvent>> edits) {
    return edits.entrySet().stream().map(each -> new Edit(each.getKey(), action, each.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void eachConstraintIsChecked(Edit edit) {
    AuditEvent event = event(edit.action());
    edit.edit().accept(event);
    List<String> broken = profile(edit.action()).broken(event);
    assertTrue(broken.contains(edit.constraint()), broken::toString);
  }
}
