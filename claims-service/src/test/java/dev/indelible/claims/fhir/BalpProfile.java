package dev.indelible.claims.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;

/// A profile of IHE BALP 1.1.3 (https://profiles.ihe.net/ITI/BALP/artifacts.html), constraint by
/// constraint. The validator that could read the profile itself brings 60 jars. An element is there
/// when it has a value or says why it has none (FHIR R4 §2.4.1.2).
///
/// @param subtypes of which the event has at least one
/// @param client the type of the agent that asked
/// @param server the type of the agent that answered, and recorded it
/// @param users types of the agent who may be behind the client
enum BalpProfile {
  PATIENT_READ(
      "audit-event-type|rest",
      Set.of("restful-interaction|read", "restful-interaction|vread"),
      "R",
      "DCM|110152",
      "DCM|110153",
      Set.of("v3-ParticipationType|IRCP")),
  PATIENT_QUERY(
      "audit-event-type|rest",
      Set.of(
          "restful-interaction|search",
          "restful-interaction|search-type",
          "restful-interaction|search-system"),
      "E",
      "DCM|110153",
      "DCM|110152",
      Set.of("v3-ParticipationType|IRCP")),
  PATIENT_CREATE(
      "audit-event-type|rest",
      Set.of("restful-interaction|create"),
      "C",
      "DCM|110153",
      "DCM|110152",
      Set.of("v3-ParticipationType|AUT", "v3-ParticipationType|INF", "v3-ParticipationType|CST")),
  PRIVACY_DISCLOSURE_SOURCE(
      "DCM|110106",
      Set.of("iso-21089-lifecycle|disclose"),
      "R",
      "DCM|110152",
      "DCM|110153",
      Set.of("v3-ParticipationType|IRCP"));

  private static final List<String> SYSTEMS =
      List.of(
          "http://terminology.hl7.org/CodeSystem/",
          "http://hl7.org/fhir/",
          "http://dicom.nema.org/resources/ontology/");

  private static final Set<String> OBJECT_ROLES =
      Set.of("object-role|4", "object-role|3", "object-role|20");

  private final String type;
  private final Set<String> subtypes;
  private final String action;
  private final String client;
  private final String server;
  private final Set<String> users;

  BalpProfile(
      String type,
      Set<String> subtypes,
      String action,
      String client,
      String server,
      Set<String> users) {
    this.type = type;
    this.subtypes = subtypes;
    this.action = action;
    this.client = client;
    this.server = server;
    this.users = users;
  }

  /// The constraints that an event breaks, FHIR's own for the elements in question included.
  List<String> broken(AuditEvent event) {
    Findings findings = new Findings();
    findings.require("type", code(event.getType()).equals(type));
    findings.require(
        "subtype", event.getSubtype().stream().map(BalpProfile::code).anyMatch(subtypes::contains));
    findings.require("action", event.hasAction() && event.getAction().toCode().equals(action));
    findings.require("recorded", event.hasRecorded());
    findings.require("outcome", event.hasOutcome() && event.getOutcome().toCode().equals("0"));
    findings.require("modifierExtension", !event.hasModifierExtension());
    agents(event, findings);
    findings.require("source.observer", there(event.getSource().getObserver()));
    entities(event, findings);
    return findings.broken();
  }

  private void agents(AuditEvent event, Findings findings) {
    List<AuditEventAgentComponent> machines =
        Stream.of(client, server).flatMap(each -> agents(event, Set.of(each))).toList();
    List<AuditEventAgentComponent> people = agents(event, users).toList();
    findings.require("agent[client] 1..1", agents(event, Set.of(client)).count() == 1);
    findings.require("agent[server] 1..1", agents(event, Set.of(server)).count() == 1);
    findings.require("agent[user] 0..1", people.size() <= 1);
    findings.require("agent[user], which we know", people.size() == 1);
    findings.require(
        "agent.requestor", event.getAgent().stream().allMatch(each -> each.hasRequestor()));
    findings.require("agent.who", machines.stream().allMatch(each -> there(each.getWho())));
    findings.require("agent.network", machines.stream().allMatch(e -> there(e.getNetwork())));
    findings.require("agent.media", event.getAgent().stream().noneMatch(e -> e.hasMedia()));
    findings.require("agent[user].who", people.stream().allMatch(e -> there(e.getWho())));
    findings.require("agent[user].requestor", people.stream().allMatch(e -> e.getRequestor()));
    findings.require("agent[user].network", people.stream().noneMatch(e -> e.hasNetwork()));
    findings.require("agent[user].role", people.stream().allMatch(e -> e.hasRole()));
    findings.require(
        "agent[user].purposeOfUse", people.stream().allMatch(e -> e.hasPurposeOfUse()));
    // The invariant val-audit-source, which one of the profiles has.
    findings.require(
        "source is the server",
        agents(event, Set.of(server))
            .allMatch(each -> each.getWho().equalsDeep(event.getSource().getObserver())));
  }

  private static Stream<AuditEventAgentComponent> agents(AuditEvent event, Set<String> types) {
    return event.getAgent().stream()
        .filter(
            agent ->
                agent.getType().getCoding().stream()
                    .map(BalpProfile::code)
                    .anyMatch(types::contains));
  }

  private void entities(AuditEvent event, Findings findings) {
    List<AuditEventEntityComponent> objects = entities(event, "2");
    findings.require("entity of type 2 is one", objects.size() == 1);
    for (AuditEventEntityComponent each : objects) {
      if (this == PATIENT_QUERY) {
        findings.require("entity[query].role", code(each.getRole()).equals("object-role|24"));
        findings.require("entity[query].what", !each.hasWhat());
        findings.require("entity[query].lifecycle", !each.hasLifecycle());
        findings.require("entity[query].detail", !each.hasDetail());
        findings.require("entity[query].query", there(each.getQueryElement()));
      } else {
        findings.require("entity[data].role", OBJECT_ROLES.contains(code(each.getRole())));
        findings.require("entity[data].what", there(each.getWhat()));
      }
    }
    findings.require(
        "sev-1, no name beside a query",
        event.getEntity().stream().noneMatch(each -> each.hasName() && each.hasQuery()));
    List<AuditEventEntityComponent> patients = entities(event, "1");
    findings.require("entity[patient] 1..1", patients.size() == 1);
    for (AuditEventEntityComponent each : patients) {
      findings.require("entity[patient].role", code(each.getRole()).equals("object-role|1"));
      findings.require("entity[patient].what", there(each.getWhat()));
      findings.require(
          "entity[patient].what is a patient",
          "Patient".equals(each.getWhat().getType())
              || "Patient".equals(each.getWhat().getReferenceElement().getResourceType()));
    }
  }

  private static List<AuditEventEntityComponent> entities(AuditEvent event, String type) {
    return event.getEntity().stream()
        .filter(entity -> code(entity.getType()).equals("audit-entity-type|" + type))
        .toList();
  }

  private static boolean there(Base element) {
    return !element.isEmpty();
  }

  /// System and code, the system without what all of its publisher's have in common.
  private static String code(Coding coding) {
    String system = String.valueOf(coding.getSystem());
    return SYSTEMS.stream()
            .filter(system::startsWith)
            .findFirst()
            .map(publisher -> system.substring(publisher.length()))
            .orElse(system)
        + "|"
        + coding.getCode();
  }

  /// What is wrong so far.
  private record Findings(List<String> broken) {
    Findings() {
      this(new ArrayList<>());
    }

    void require(String constraint, boolean met) {
      if (!met) {
        broken.add(constraint);
      }
    }
  }
}
