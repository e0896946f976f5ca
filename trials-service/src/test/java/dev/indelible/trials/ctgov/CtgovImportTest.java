package dev.indelible.trials.ctgov;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.indelible.trials.Api;
import dev.indelible.trials.Tokens;
import dev.indelible.trials.TrialsTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Real study records of ClinicalTrials.gov: each is accepted, or refused with its element named.
@TrialsTest
class CtgovImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The records by file, search-result arrays split.
  static Map<String, JsonNode> records() throws IOException {
    Path folder = folder();
    Map<String, JsonNode> records = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode tree = JSON.readTree(file.toFile());
        String name = file.getFileName().toString();
        if (tree.isArray()) {
          for (int i = 0; i < tree.size(); i++) {
            records.put(name + "#" + i, tree.get(i));
          }
        } else {
          records.put(name, tree);
        }
      }
    }
    return records;
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("testdata/ctgov"))) {
        return at.resolve("testdata/ctgov");
      }
    }
    throw new IllegalStateException("testdata/ctgov is not above the working directory");
  }

  private static final Map<String, String> REFUSED =
      Map.of(
          "NCT00465816.json", "/protocolSection/sponsorCollaboratorsModule/leadSponsor/name",
          "NCT03453554.json", "/protocolSection/sponsorCollaboratorsModule/leadSponsor/name",
          "design_outcome_empty.json", "/protocolSection/outcomesModule/primaryOutcomes",
          "study_data_interventional.json", "/protocolSection/identificationModule/nctId");

  @Test
  void everyRecordIsAcceptedOrRefusedByElement() throws IOException {
    Map<String, JsonNode> records = records();
    assertEquals(26, records.size());
    for (Map.Entry<String, JsonNode> record : records.entrySet()) {
      String body = JSON.writeValueAsString(record.getValue());
      ExtractableResponse<Response> answer =
          Api.post(Tokens.cardia(), "/v1/protocols/import/ctgov", body).extract();
      String refusal = REFUSED.get(record.getKey());
      if (refusal == null) {
        assertEquals(202, answer.statusCode(), record.getKey() + " " + answer.asString());
        sameOutcomes(record.getValue(), answer.path("id"));
        resultsAsInRecord(record.getKey(), body, record.getValue(), answer);
      } else {
        assertEquals(422, answer.statusCode(), record.getKey());
        List<String> fields = answer.path("violations.field");
        assertTrue(fields.contains(refusal), record.getKey() + " " + fields);
      }
    }
  }

  /// Nothing of an outcome's text gets lost or altered on the way.
  private static void sameOutcomes(JsonNode record, String protocol) {
    JsonNode module = record.path("protocolSection").path("outcomesModule");
    List<List<String>> sent = new ArrayList<>();
    for (String list : List.of("primaryOutcomes", "secondaryOutcomes", "otherOutcomes")) {
      for (JsonNode outcome : module.path(list)) {
        sent.add(
            List.of(
                outcome.path("measure").asText(),
                outcome.path("timeFrame").asText(),
                outcome.path("description").asText("")));
      }
    }
    List<Map<String, String>> stored =
        Api.get(Tokens.cardia(), "/v1/protocols/" + protocol)
            .extract()
            .path("latest.content.outcomes");
    assertEquals(
        sent,
        stored.stream()
            .map(
                o ->
                    List.of(
                        o.get("measure"), o.get("timeFrame"), o.getOrDefault("description", "")))
            .toList());
  }

  /// The registry keeps plan and results in one record, so comparing them finds nothing to report
  /// unless the record contradicts itself.
  private static void resultsAsInRecord(
      String name, String body, JsonNode record, ExtractableResponse<Response> registered) {
    if (record.path("resultsSection").path("outcomeMeasuresModule").isMissingNode()) {
      return;
    }
    String at = registered.header("Location");
    String version = registered.path("versionId");
    Api.post(Tokens.cardia(), at + "/results/import/ctgov?protocolVersion=" + version, body)
        .log()
        .ifValidationFails()
        .statusCode(202);
    List<Map<String, Object>> findings =
        Api.get(Tokens.cardia(), at + "/findings").extract().path("items[0].findings");
    assertEquals(List.of(), findings, name);
  }

  @Test
  void aChangedResultsSectionIsFound() throws IOException {
    ObjectNode record = (ObjectNode) records().get("NCT05594173.json").deepCopy();
    ((ObjectNode) record.at("/protocolSection/identificationModule")).put("nctId", "NCT70000001");
    ((ObjectNode) record.at("/protocolSection/identificationModule")).remove("secondaryIdInfos");
    ExtractableResponse<Response> registered =
        Api.post(Tokens.cardia(), "/v1/protocols/import/ctgov", JSON.writeValueAsString(record))
            .statusCode(202)
            .extract();
    ObjectNode measure =
        (ObjectNode) record.at("/resultsSection/outcomeMeasuresModule/outcomeMeasures/0");
    measure.put("type", "SECONDARY");
    String at = registered.header("Location");
    Api.post(
            Tokens.cardia(),
            at + "/results/import/ctgov?protocolVersion=" + registered.path("versionId"),
            JSON.writeValueAsString(record))
        .statusCode(202);
    Api.get(Tokens.cardia(), at + "/findings")
        .body("items[0].findings.size()", equalTo(1))
        .body("items[0].findings[0].code", equalTo("P_DEMOTE"))
        .body("items[0].findings[0].severity", equalTo("CRITICAL"))
        .body("items[0].baseline.state", equalTo("LATE_BASELINE"));
  }

  @Test
  void aWrongTypeIsNamed() throws IOException {
    ObjectNode record = (ObjectNode) records().get("NCT03475563.json").deepCopy();
    ((ObjectNode) record.at("/protocolSection/outcomesModule/primaryOutcomes/1")).put("measure", 7);
    List<String> fields =
        Api.post(Tokens.cardia(), "/v1/protocols/import/ctgov", JSON.writeValueAsString(record))
            .statusCode(400)
            .extract()
            .path("violations.field");
    assertFalse(fields.isEmpty());
    assertEquals("/protocolSection/outcomesModule/primaryOutcomes/1/measure", fields.getFirst());
  }
}
