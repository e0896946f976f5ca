package dev.indelible.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        "decision|\"verdict\":\"permit\"|\"verdict\":\"deny\"|CONTRADICTED",
        "decision|\"provisions\":[\"a\"]|\"provisions\":[\"b\"]|CONTRADICTED",
        "decision|000003Z|000004Z|CONTRADICTED",
        "decision|,\"inputs\"|, \"inputs\"|CONTRADICTED",
        "decision|\"verdict\"|\"extra\":1,\"verdict\"|COULD_NOT_BE_CHECKED",
        "decision|decision/v1|decision/v2|COULD_NOT_BE_CHECKED",
        "inputs|\"permit\"|\"deny\"|COULD_NOT_BE_CHECKED",
        "inputs|birch|cedar|COULD_NOT_BE_CHECKED",
        "inputs|000005Z|000000Z|COULD_NOT_BE_CHECKED",
        "rules|FRAUD|TREAT|COULD_NOT_BE_CHECKED",
        "rules|{|[|COULD_NOT_BE_CHECKED",
      })
  void anEditIsFound(String file, String from, String to, Replay expected) {
    String decision = DecisionDocument.of(INPUTS, Worlds.RULES).text();
    String rules = new String(Worlds.RULE_FILE, StandardCharsets.UTF_8);
    assertEquals(
        expected,
        Replay.of(
            bytes(file.equals("rules") ? rules.replace(from, to) : rules),
            bytes(file.equals("inputs") ? INPUTS.text().replace(from, to) : INPUTS.text()),
            bytes(file.equals("decision") ? decision.replace(from, to) : decision)));
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
