package dev.indelible.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.consent.Provision.Type;
import dev.indelible.transparency.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Decisions as files: their bytes are fixed, and an edited one is not believed.
class ReplayTest {
  private static final Subject MEMBER = new Subject("alder", "urn:example:member", "M-1001");

  /// Birch asks for a claim of a member of Alder's, who allowed it and forbade a part of it.
  private static final Inputs INPUTS =
      new Inputs(
          Worlds.moment(3),
          new Request(
              "birch",
              "adjudicator",
              "HPAYMT",
              "access",
              "Claim",
              MEMBER,
              "6d1cbd9b-3ee6-4f7c-8a55-0d2c5d0d3f10",
              Worlds.moment(1)),
          List.of(
              grant("b", Type.DENY, Optional.of(new Interval(Worlds.moment(2), Worlds.moment(3)))),
              grant("a", Type.PERMIT, Optional.empty())));

  private static final String INPUTS_TEXT =
      """
      {"atTime":"2026-03-14T09:30:00.000003Z","provisions":[
      {"actor":"birch","id":"a",
      "period":{"from":"2026-03-14T09:30:00.000000Z","until":"2026-03-14T09:30:00.000005Z"},
      "purpose":"HPAYMT",
      "subject":{"custodian":"alder","system":"urn:example:member","value":"M-1001"},
      "type":"permit"},
      {"actor":"birch",
      "dataPeriod":{"from":"2026-03-14T09:30:00.000002Z","until":"2026-03-14T09:30:00.000003Z"},
      "id":"b",
      "period":{"from":"2026-03-14T09:30:00.000000Z","until":"2026-03-14T09:30:00.000005Z"},
      "purpose":"HPAYMT",
      "subject":{"custodian":"alder","system":"urn:example:member","value":"M-1001"},
      "type":"deny"}],
      "request":{"action":"access","dataClass":"Claim","organisation":"birch","purpose":"HPAYMT",
      "record":"6d1cbd9b-3ee6-4f7c-8a55-0d2c5d0d3f10",
      "recordTime":"2026-03-14T09:30:00.000001Z","role":"adjudicator",
      "subject":{"custodian":"alder","system":"urn:example:member","value":"M-1001"}},
      "type":"consent.inputs/v1"}
      """
          .replace("\n", "");

  private static final String DOCUMENT =
      """
      {"atTime":"2026-03-14T09:30:00.000003Z",
      "inputs":"INPUTS","provisions":["a"],"ruleSet":"RULES",
      "type":"consent.decision/v1","verdict":"permit"}
      """
          .replace("\n", "");

  private static Provision grant(String id, Type type, Optional<Interval> made) {
    return new Provision(
        id,
        type,
        MEMBER,
        "birch",
        "HPAYMT",
        new Interval(Worlds.moment(0), Worlds.moment(5)),
        made,
        Optional.empty());
  }

  /// Whoever writes another implementation has to come to these.
  @Test
  void theBytesAreFixed() {
    assertEquals(INPUTS_TEXT, INPUTS.text());
    assertEquals(
        DOCUMENT
            .replace("INPUTS", Hash.sha256(bytes(INPUTS_TEXT)).toHex())
            .replace("RULES", Hash.sha256(Worlds.RULE_FILE).toHex()),
        DecisionDocument.of(INPUTS, Worlds.RULES).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "decision|\"verdict\":\"permit\"|\"verdict\":\"deny\"|verdict is \"deny\", and \"permit\" follows",
        "decision|\"provisions\":[\"a\"]|\"provisions\":[\"b\"]|provisions is [\"b\"], and [\"a\"] follows",
        "decision|000003Z|000004Z|atTime is \"2026-03-14T09:30:00.000004Z\", and \"2026-03-14T09:30:00.000003Z\" follows",
        "decision|,\"inputs\"|, \"inputs\"|not canonical from byte 40 on",
        "decision|\"verdict\"|\"extra\":1,\"verdict\"|not readable: decision: unknown member extra",
        "decision|decision/v1|decision/v2|not readable: decision: not a document of type",
        "inputs|\"permit\"|\"deny\"|other inputs than the decision names",
        "inputs|birch|cedar|other inputs than the decision names",
        "inputs|000005Z|000000Z|not readable: inputs: the interval ends",
        "rules|FRAUD|TREAT|other rule file than the decision names",
        "rules|{|[|not readable: rule file: ",
      })
  void anEditIsFound(String file, String from, String to, String expected) {
    String decision = DecisionDocument.of(INPUTS, Worlds.RULES).text();
    String rules = new String(Worlds.RULE_FILE, StandardCharsets.UTF_8);
    Replay replay =
        Replay.of(
            bytes(file.equals("rules") ? rules.replace(from, to) : rules),
            bytes(file.equals("inputs") ? INPUTS.text().replace(from, to) : INPUTS.text()),
            bytes(file.equals("decision") ? decision.replace(from, to) : decision));
    String found =
        switch (replay) {
          case Replay.Matches() -> "MATCHES";
          case Replay.Contradicted(String difference) -> difference;
          case Replay.CouldNotBeChecked(String why) -> why;
        };
    assertTrue(found.startsWith(expected), found);
  }

  /// Two grants of one id, of which one could hide the other.
  @Test
  void anIdIsGivenOnce() {
    List<Provision> twice = List.of(INPUTS.provisions().getFirst(), INPUTS.provisions().getFirst());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Inputs(Worlds.moment(1), INPUTS.request(), twice));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
