package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.indelible.k8s.Graph.Edge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no schema sees: that the parts of an overlay fit each other and the programs.
@Tag("asvs-5.0/13.2.4")
class GraphTest {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:https?|postgresql)://([a-z-]+):([0-9]+)");
  private static final Set<String> PROBES =
      Set.of("/q/health/started", "/q/health/ready", "/q/health/live");

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void policiesAllowTheDeclaredEdgesAndNoOther(String overlay) {
    Set<Edge> declared = overlay.equals("dev") ? Graph.dev() : Graph.prod();
    assertEquals(lines(declared), lines(cluster(overlay).allowedEdges()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void everyPodIsDeniedWhatNoPolicyAllows(String overlay) {
    JsonNode deny =
        cluster(overlay)
            .of("NetworkPolicy")
            .filter(policy -> Cluster.text(policy).equals("deny-all"))
            .findFirst()
            .orElseThrow();
    assertEquals(0, deny.at("/spec/podSelector").size());
    assertEquals(
        Repository.JSON.valueToTree(List.of("Ingress", "Egress")), deny.at("/spec/policyTypes"));
  }

  /// Addresses in the configuration lead, through a service, to a port that a pod has open and that
  /// the caller may reach.
  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void configuredAddressesCanBeReached(String overlay) {
    Cluster cluster = cluster(overlay);
    Set<Edge> allowed = cluster.allowedEdges();
    int checked = 0;
    for (JsonNode workload : cluster.workloads()) {
      for (Map.Entry<String, String> variable : environment(cluster, workload).entrySet()) {
        Matcher address = ADDRESS.matcher(variable.getValue());
        if (address.find() && !address.group(1).equals("localhost")) {
          String client = Cluster.text(workload);
          int port = Integer.parseInt(address.group(2));
          Edge edge = cluster.resolve(client, address.group(1), port).orElseThrow();
          assertTrue(allowed.contains(edge), variable + ": " + edge);
          checked++;
        }
      }
    }
    assertTrue(checked >= 10, "only " + checked + " addresses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void servicesSelectPods(String overlay) {
    Cluster cluster = cluster(overlay);
    cluster
        .of("Service")
        .forEach(
            service ->
                service
                    .at("/spec/ports")
                    .forEach(
                        port ->
                            assertTrue(
                                cluster
                                    .resolve(
                                        "any", Cluster.text(service), port.path("port").asInt())
                                    .isPresent(),
                                Repository.name(service))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void programsReadTheVariablesTheyAreGiven(String overlay) throws Exception {
    Cluster cluster = cluster(overlay);
    Set<String> local = Settings.passedLocally();
    for (String service : List.of("claims-service", "trials-service", "ledger-service")) {
      Map<String, Boolean> declared = Settings.declared(service + "/src/main/java");
      declared.putAll(Settings.declared("lib/service-kit/src/main/java"));
      if (!service.startsWith("ledger")) {
        declared.putAll(Settings.declared("lib/anchoring/src/main/java"));
      }
      Map<String, String> given = environment(cluster, workload(cluster, service));
      given.remove("POD_IP");
      for (String variable : given.keySet()) {
        boolean read =
            variable.startsWith("QUARKUS_")
                ? local.contains(variable) || TlsTest.SETTINGS.containsKey(variable)
                : declared.containsKey(variable);
        assertTrue(read, service + " does not read " + variable);
      }
      declared.forEach(
          (variable, needed) ->
              assertTrue(!needed || given.containsKey(variable), service + " misses " + variable));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void probesAskTheManagementPort(String overlay) {
    Cluster cluster = cluster(overlay);
    boolean tls = overlay.equals("prod");
    for (JsonNode workload : cluster.of("Deployment").toList()) {
      JsonNode app = workload.at("/spec/template/spec/containers/0");
      Set<String> paths = new TreeSet<>();
      for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        paths.add(app.at("/" + probe + "/httpGet/path").asText());
        assertEquals("management", app.at("/" + probe + "/httpGet/port").asText());
        assertEquals(
            tls ? "HTTPS" : "HTTP", app.at("/" + probe + "/httpGet/scheme").asText("HTTP"));
      }
      assertEquals(PROBES, paths);
      Map<String, String> environment = environment(cluster, workload);
      assertEquals(
          environment.get("QUARKUS_MANAGEMENT_PORT"),
          Cluster.containerPort(workload, "management").orElseThrow().toString());
      assertEquals(
          environment.get(tls ? "QUARKUS_HTTP_SSL_PORT" : "QUARKUS_HTTP_PORT"),
          Cluster.containerPort(workload, tls ? "https" : "http").orElseThrow().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void budgetsLeaveSomethingToEvict(String overlay) {
    Cluster cluster = cluster(overlay);
    cluster
        .of("PodDisruptionBudget")
        .forEach(
            budget -> {
              JsonNode workload =
                  cluster.workloads().stream()
                      .filter(
                          w ->
                              Cluster.matches(
                                  budget.at("/spec/selector"), cluster.pods.get(Cluster.text(w))))
                      .findFirst()
                      .orElseThrow();
              int away = budget.at("/spec/maxUnavailable").asInt();
              assertTrue(away > 0 && away < workload.at("/spec/replicas").asInt());
            });
  }

  static Cluster cluster(String overlay) {
    return new Cluster(Repository.rendered(overlay));
  }

  static JsonNode workload(Cluster cluster, String name) {
    return cluster.workloads().stream()
        .filter(workload -> Cluster.text(workload).equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Variables of the first container; those from secrets have no value here.
  static Map<String, String> environment(Cluster cluster, JsonNode workload) {
    Map<String, String> variables = new TreeMap<>();
    JsonNode app = workload.at("/spec/template/spec/containers/0");
    for (JsonNode source : app.path("envFrom")) {
      String name = source.at("/configMapRef/name").asText();
      cluster
          .of("ConfigMap")
          .filter(map -> Cluster.text(map).equals(name))
          .forEach(map -> variables.putAll(Cluster.labels(map.path("data"))));
    }
    for (JsonNode variable : app.path("env")) {
      variables.put(variable.path("name").asText(), variable.path("value").asText());
    }
    return variables;
  }

  private static String lines(Set<Edge> edges) {
    return String.join("\n", edges.stream().map(Edge::toString).sorted().toList());
  }
}
