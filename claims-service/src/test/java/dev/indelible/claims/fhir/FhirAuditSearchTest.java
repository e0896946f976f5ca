package dev.indelible.claims.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.AccessFilter;
import dev.indelible.claims.access.AccessFilter.Span;
import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Action;
import dev.indelible.kit.problem.Rejection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a search for events is understood as, and that nothing is understood as something else.
class FhirAuditSearchTest {
  private static final String BASE = "https://claims.example/fhir";
  private static final String CLAIM = "0b5f2d5e-7c4a-4a43-9f5c-3f1f2a6d9e10";

  /// FHIR R4 §3.1.1.4.7: the lower bound is in, the upper one is not.
  @ParameterizedTest
  @CsvSource({
    "2026,                              2026-01-01T00:00:00.000000Z, 2027-01-01T00:00:00.000000Z",
    "eq2026-12,                         2026-12-01T00:00:00.000000Z, 2027-01-01T00:00:00.000000Z",
    "2028-02-29,                        2028-02-29T00:00:00.000000Z, 2028-03-01T00:00:00.000000Z",
    "eq2026-11-27T08:00Z,               2026-11-27T08:00:00.000000Z, 2026-11-27T08:01:00.000000Z",
    "2026-11-27T08:00:59,               2026-11-27T08:00:59.000000Z, 2026-11-27T08:01:00.000000Z",
    "2026-11-27T08:00:00.5+01:00,       2026-11-27T07:00:00.500000Z, 2026-11-27T07:00:00.600000Z",
    "2026-11-27T08:00:00.123456Z,       2026-11-27T08:00:00.123456Z, 2026-11-27T08:00:00.123457Z",
    "ge2026-11-27,                      2026-11-27T00:00:00.000000Z, 9",
    "gt2026-11-27,                      2026-11-28T00:00:00.000000Z, 9",
    "gt2026-11-27T08:00:00.000Z,        2026-11-27T08:00:00.001000Z, 9",
    "le2026-11-27,                      '',                          2026-11-28T00:00:00.000000Z",
    "lt2026-11-27,                      '',                          2026-11-27T00:00:00.000000Z",
    "lt2026-11-27T00:30:00-01:00,       '',                          2026-11-27T01:30:00.000000Z",
  })
  void aDateIsASpanOfTime(String date, String from, String before) {
    assertEquals(new Span(from, before), filter("date", date).time());
  }

  @Test
  void severalDatesAreWhatIsInAllOfThem() {
    assertEquals(
        new Span("2026-11-27T00:00:00.000000Z", "2026-11-29T00:00:00.000000Z"),
        filter("date", "ge2026-11-27", "lt2026-12", "le2026-11-28", "gt2025").time());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "ne2026",
        "sa2026-11-27",
        "eb2026-11-27",
        "ap2026-11-27",
        "GE2026",
        "ge",
        "2026-1",
        "2026-02-30",
        "2026-13",
        "2026-11-27T08",
        "2026-11-27T24:00Z",
        "2026-11-27T08:00:00.1234567Z",
        "2026-11-27T08:00:00 01:00",
        "2026-11-27T08:00:00+25:00",
        "2026-11-27Z",
        "2026-11-26,2026-11-27",
        "9999",
        "gt9999-12-31",
        "-2026",
        "2026\u0000"
      })
  void anotherDateIsNone(String date) {
    refused("date", date);
  }

  /// The actions of ours that FHIR calls so.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "action; R; READ DISCLOSE_RECEIPT DISCLOSE_EVIDENCE READ_HISTORY",
        "action; C,E; SEARCH DECIDE BREAK_GLASS",
        "action; http://hl7.org/fhir/audit-event-action|C; DECIDE",
        "action; |C; ''",
        "action; http://elsewhere.example|C; ''",
        "action; D; ''",
        "type; 110101; READ_HISTORY",
        "type; http://dicom.nema.org/resources/ontology/DCM|110113,110106; DISCLOSE_EVIDENCE BREAK_GLASS",
        "type; rest; READ SEARCH DISCLOSE_RECEIPT DECIDE",
        "type; http://dicom.nema.org/resources/ontology/DCM|rest; ''",
      })
  void aCodeIsAnAction(String parameter, String tokens, String actions) {
    Set<Action> expected =
        actions.isEmpty()
            ? EnumSet.noneOf(Action.class)
            : Stream.of(actions.split(" ")).map(Action::valueOf).collect(Collectors.toSet());
    assertEquals(Optional.of(expected), filter(parameter, tokens).actions());
  }

  @Test
  void actionAndTypeHaveToBeMetBoth() {
    var both = Map.of("action", List.of("R"), "type", List.of("rest"));
    assertEquals(
        Optional.of(Set.of(Action.READ, Action.DISCLOSE_RECEIPT)),
        FhirAuditSearch.parse(both, BASE).filter().actions());
  }

  @ParameterizedTest
  @CsvSource({"5f0c, 5f0c", "|5f0c, 5f0c"})
  void anAgentIsTheSubjectOfAToken(String identifier, String subject) {
    assertEquals(Optional.of(subject), filter("agent:identifier", identifier).actor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Claim/" + CLAIM, BASE + "/Claim/" + CLAIM})
  void anEntityIsAClaim(String reference) {
    assertEquals(Optional.of(UUID.fromString(CLAIM)), filter("entity", reference).claim());
  }

  @ParameterizedTest
  @CsvSource({
    "entity, Patient/1",
    "entity, Claim/1",
    "entity, https://elsewhere.example/fhir/Claim/" + CLAIM,
    "entity, " + CLAIM,
    "agent:identifier, urn:x|5f0c",
    "agent:identifier, 'a,b'",
    "agent:identifier, a b",
    "action, 'R,'",
    "action, R W",
    "_count, 0",
    "_count, -1",
    "_count, many",
    "_count, 99999999999999999999",
    "_format, xml",
    "cursor, no",
    "date, ''",
    // Of R4, but nothing that an event here could answer; and of nobody.
    "patient, Patient/1",
    "agent, Practitioner/1",
    "agent:Practitioner, 1",
    "agent-name, Smith",
    "date:missing, true",
    "entity:identifier, 1",
    "outcome, 0",
    "_id, " + CLAIM,
    "_sort, -date",
    "_include, AuditEvent:entity",
    "_elements, id",
    "foo, bar",
  })
  void whatIsNotKnownOrCannotBeReadIsRefused(String parameter, String value) {
    refused(parameter, value);
  }

  /// Of what is no name at all nothing is said again.
  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "<script>", "a b", "\u0001"})
  void whatIsNoNameIsNotRepeated(String parameter) {
    Rejection refusal =
        assertThrows(
            Rejection.class, () -> FhirAuditSearch.parse(Map.of(parameter, List.of("x")), BASE));
    assertEquals("parameter", refusal.violations().getFirst().field());
    assertEquals(-1, refusal.detail().indexOf(parameter.isEmpty() ? "\0" : parameter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"action", "type", "entity", "agent:identifier", "_count", "cursor"})
  void whatMayBeSaidOnceIsNotSaidTwice(String parameter) {
    refused(parameter, "R", "R");
  }

  /// The link to the next page is the same search from a place on, whatever is in its parameters.
  @Test
  void theNextPageIsOfTheSameSearch() {
    Map<String, List<String>> asked =
        Map.of(
            "date", List.of("ge2026-11-27T08:00:00+01:00", "lt2027"),
            "action", List.of("http://hl7.org/fhir/audit-event-action|R,E"),
            "agent:identifier", List.of("|a&b=c%d"),
            "_count", List.of("999"));
    FhirAuditSearch search = FhirAuditSearch.parse(asked, BASE);
    Cursor place =
        new Cursor("2026-11-27T08:00:00.000000Z", UUID.fromString(CLAIM)).endingBefore("2026-12");
    Bundle bundle =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(
                Bundle.class, search.answer(new Accesses.Page(List.of(), Optional.of(place))));
    String next = bundle.getLink("next").getUrl();
    assertTrue(next.startsWith(BASE + "/AuditEvent?"), next);
    assertFalse(bundle.hasTotal());
    byte[] query = URI.create(next).getRawQuery().getBytes(StandardCharsets.UTF_8);
    FhirAuditSearch again = FhirAuditSearch.parse(FhirForm.parse(query, Map.of()), BASE);
    assertEquals(search.filter(), again.filter());
    assertEquals(200, again.count());
    assertEquals(place, again.after());
  }

  /// An answer of fewer is allowed, a refusal is not.
  @ParameterizedTest
  @CsvSource({"1, 1", "200, 200", "201, 200", "999999999, 200"})
  void theCountIsLimited(String asked, int given) {
    assertEquals(given, FhirAuditSearch.parse(Map.of("_count", List.of(asked)), BASE).count());
  }

  private static AccessFilter filter(String parameter, String... values) {
    return FhirAuditSearch.parse(Map.of(parameter, List.of(values)), BASE).filter();
  }

  private static void refused(String parameter, String... values) {
    Rejection refusal =
        assertThrows(
            Rejection.class,
            () -> {
              var search = FhirAuditSearch.parse(Map.of(parameter, List.of(values)), BASE);
              throw new AssertionError(search.count() + " after " + search.after());
            });
    assertEquals(400, refusal.type().status());
    assertEquals(parameter, refusal.violations().getFirst().field());
  }
}
