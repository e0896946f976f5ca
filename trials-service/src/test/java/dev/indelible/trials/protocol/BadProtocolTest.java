package dev.indelible.trials.protocol;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.indelible.trials.Api;
import dev.indelible.trials.Samples;
import dev.indelible.trials.Tokens;
import dev.indelible.trials.TrialsTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What bad protocols get: the element named, and nothing stored.
@TrialsTest
class BadProtocolTest {
  @Inject EntityManager entities;

  static Stream<Arguments> bad() {
    return Stream.of(
        bad("/registryIds", p -> p.remove("registryIds")),
        bad("/registryIds", p -> p.put("registryIds", List.of())),
        bad("/registryIds/0", p -> p.put("registryIds", id("NCT", "NCT1"))),
        bad("/registryIds/0", p -> p.put("registryIds", id("NOPE", "NCT12345678"))),
        bad("/registryIds/0", p -> p.put("registryIds", id("NCT", "NCT1234567\0"))),
        bad("/registryIds/0", p -> p.put("registryIds", id("NCT", "NCT12345678" + " ".repeat(99)))),
        bad("/publicTitle", p -> p.remove("publicTitle")),
        bad("/publicTitle", p -> p.put("publicTitle", "  ")),
        bad("/publicTitle", p -> p.put("publicTitle", "a\0b")),
        bad("/publicTitle", p -> p.put("publicTitle", "x".repeat(20_001))),
        bad("/sponsorName", p -> p.remove("sponsorName")),
        bad("/studyType", p -> p.put("studyType", "INTERESTING")),
        bad("/phase", p -> p.put("phase", "PHASE9")),
        bad("/startDate/date", p -> p.put("startDate", Map.of("date", "2024-13"))),
        bad("/startDate/date", p -> p.put("startDate", Map.of("date", "2023-02-29"))),
        bad("/startDate/date", p -> p.put("startDate", Map.of("date", "March 2024"))),
        bad("/startDate/type", p -> p.put("startDate", Map.of("date", "2024", "type", "MAYBE"))),
        bad("/sampleSize/count", p -> p.put("sampleSize", Map.of("count", -1))),
        bad("/outcomes", p -> p.put("outcomes", List.of())),
        bad("/outcomes", p -> p.put("outcomes", List.of(Samples.outcomes().get(1)))),
        bad("/outcomes/0/id", p -> first(p).remove("id")),
        bad("/outcomes/0/id", p -> first(p).put("id", "no spaces")),
        bad("/outcomes/1/id", p -> first(p).put("id", "life")),
        bad("/outcomes/0/level", p -> first(p).put("level", "main")),
        bad("/outcomes/0/measure", p -> first(p).remove("measure")),
        bad("/outcomes/0/timeFrame", p -> first(p).remove("timeFrame")));
  }

  private static Arguments bad(String field, Consumer<Map<String, Object>> change) {
    Map<String, Object> protocol = Samples.protocol(Samples.freshNct());
    change.accept(protocol);
    return arguments(field, protocol);
  }

  private static List<Map<String, String>> id(String system, String value) {
    return List.of(Map.of("system", system, "value", value));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> first(Map<String, Object> protocol) {
    return ((List<Map<String, Object>>) protocol.get("outcomes")).getFirst();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void namesTheElement(String field, Map<String, Object> protocol) {
    long before = rows();
    Api.post(Tokens.cardia(), "/v1/protocols", protocol)
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid-protocol"))
        .body("violations.field", hasItem(field));
    Assertions.assertEquals(before, rows());
  }

  static Stream<Arguments> unreadable() {
    List<Arguments> cases = new ArrayList<>();
    cases.add(arguments("", 400));
    cases.add(arguments("{", 400));
    cases.add(arguments("null", 400));
    cases.add(arguments("[]", 400));
    cases.add(arguments("7", 400));
    cases.add(arguments("{\"publicTitle\":1}", 400));
    cases.add(arguments("{\"publicTitle\":\"a\",\"publicTitle\":\"b\"}", 400));
    cases.add(arguments("{\"publicTitle\":\"\\ud800\"}", 400));
    cases.add(arguments("{\"colour\":\"red\"}", 400));
    cases.add(arguments("{\"outcomes\":{}}", 400));
    cases.add(arguments("{\"outcomes\":[null]}", 400));
    cases.add(arguments("{\"registryIds\":[[]]}", 400));
    cases.add(arguments("{\"sampleSize\":{\"count\":1.5}}", 400));
    cases.add(arguments("{\"sampleSize\":{\"count\":9007199254740993}}", 400));
    cases.add(arguments("[".repeat(100_000), 400));
    cases.add(arguments("{\"publicTitle\":\"" + "x".repeat(1_100_000) + "\"}", 413));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void refusesWhatIsNotAProtocol(String body, int status) {
    for (String path : List.of("/v1/protocols", "/v1/protocols/import/ctgov")) {
      int answer = Api.post(Tokens.cardia(), path, body).extract().statusCode();
      boolean importRefusal = path.endsWith("ctgov") && answer == 422;
      Assertions.assertTrue(answer == status || importRefusal, path + " " + answer);
    }
  }

  private long rows() {
    return (Long)
        entities
            .createNativeQuery("select count(*) from protocol_version", Long.class)
            .getSingleResult();
  }
}
