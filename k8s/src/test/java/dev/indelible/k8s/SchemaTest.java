package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads every object with two sets of models. Those of the official client refuse fields that do
/// not exist but take any scalar; those of fabric8 refuse a wrong type but put a field that does
/// not exist aside, where this test looks.
class SchemaTest {

  /// Kinds of operators, of which we have no models.
  static final Set<String> CUSTOM =
      Set.of(
          "postgresql.cnpg.io/v1",
          "barmancloud.cnpg.io/v1",
          "k8s.keycloak.org/v2beta1",
          "cert-manager.io/v1",
          "external-secrets.io/v1",
          "gateway.networking.k8s.io/v1");

  private static final Map<String, String> FABRIC8 =
      Map.of(
          "v1", "",
          "apps/v1", "apps.",
          "policy/v1", "policy.v1.",
          "networking.k8s.io/v1", "networking.v1.",
          "admissionregistration.k8s.io/v1", "admissionregistration.v1.");

  private static final ObjectMapper STRICT_TYPES =
      new ObjectMapper()
          .disable(com.fasterxml.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS);

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void everyFieldExists(String overlay) throws Exception {
    List<String> problems = new ArrayList<>();
    for (JsonNode object : Repository.rendered(overlay)) {
      if (!isCustom(object)) {
        unknownField(object).ifPresent(problem -> problems.add(problem));
      }
    }
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void everyValueHasItsType(String overlay) throws Exception {
    List<String> problems = new ArrayList<>();
    for (JsonNode object : Repository.rendered(overlay)) {
      if (!isCustom(object)) {
        leftOver(object).forEach(field -> problems.add(Repository.name(object) + " " + field));
      }
    }
    assertEquals(List.of(), problems);
  }

  /// Without their definitions we can only ask that they are complete objects of a kind we know.
  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void customObjectsAreWhole(String overlay) {
    for (JsonNode object : Repository.rendered(overlay)) {
      String version = object.path("apiVersion").asText();
      assertTrue(FABRIC8.containsKey(version) || CUSTOM.contains(version), version);
      assertFalse(object.at("/metadata/name").asText().isEmpty(), version);
      if (isCustom(object)) {
        assertEquals("indelible", object.at("/metadata/namespace").asText());
        assertTrue(object.path("spec").size() > 0, Repository.name(object));
      }
    }
  }

  @Test
  void eachModelSetCatchesWhatTheOtherMisses() throws Exception {
    JsonNode typo = deployment();
    ((ObjectNode) typo.at("/spec/template/spec/securityContext")).put("runAsNonRot", true);
    JsonNode wrongType = deployment();
    ((ObjectNode) wrongType.at("/spec/template/spec/securityContext")).put("runAsNonRoot", "yes");

    assertTrue(unknownField(typo).orElseThrow().contains("runAsNonRot"));
    assertTrue(unknownField(wrongType).isEmpty());
    assertTrue(leftOver(typo).toString().contains("runAsNonRot"), "fabric8 puts it aside");
    assertThrows(JsonMappingException.class, () -> leftOver(wrongType));
  }

  private static JsonNode deployment() {
    return Repository.rendered("dev").stream()
        .filter(object -> Repository.name(object).equals("Deployment/ledger-service"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isCustom(JsonNode object) {
    return CUSTOM.contains(object.path("apiVersion").asText());
  }

  private static java.util.Optional<String> unknownField(JsonNode object) throws Exception {
    Class<?> model =
        Class.forName("io.kubernetes.client.openapi.models.V1" + object.path("kind").asText());
    try {
      model
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, JsonParser.parseString(object.toString()));
      return java.util.Optional.empty();
    } catch (InvocationTargetException e) {
      return java.util.Optional.of(Repository.name(object) + " " + e.getCause().getMessage());
    }
  }

  private static List<String> leftOver(JsonNode object) throws Exception {
    Class<?> model =
        Class.forName(
            "io.fabric8.kubernetes.api.model."
                + FABRIC8.get(object.path("apiVersion").asText())
                + object.path("kind").asText());
    Object read = STRICT_TYPES.treeToValue(object, model);
    Map<String, Object> found = new LinkedHashMap<>();
    Models.collectAdditional("", read, found);
    return List.copyOf(found.keySet());
  }
}
