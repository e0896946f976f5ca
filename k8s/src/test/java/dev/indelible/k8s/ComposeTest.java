package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.indelible.k8s.Graph.Edge;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The compose file is the dev overlay for one machine: the same edges, images, variables and
/// ports, and as little freedom for each container.
class ComposeTest {

  private static final Map<String, Integer> PORTS =
      Map.of("postgres", 5432, "keycloak", 8080, "ledger", 8080, "witness", 8080);

  /// What a service may say; a typo in a key is otherwise silent in some engines.
  private static final Set<String> KEYS =
      Set.of(
          "image",
          "user",
          "entrypoint",
          "command",
          "environment",
          "env_file",
          "volumes",
          "tmpfs",
          "ports",
          "networks",
          "network_mode",
          "mem_limit",
          "healthcheck",
          "depends_on",
          "read_only",
          "cap_drop",
          "security_opt",
          "restart",
          "stop_grace_period");

  private final JsonNode compose =
      Repository.yaml(Repository.text("docker-compose.yml")).getFirst();
  private final JsonNode services = compose.path("services");

  @Test
  void networksAreTheEdgesOfTheGraph() {
    Set<Edge> edges = new TreeSet<>();
    services
        .properties()
        .forEach(
            service ->
                networks(service.getValue())
                    .forEach(network -> add(edges, workload(service.getKey()), network)));
    edges.removeIf(
        edge -> edge.client().equals(edge.server()) && !edge.server().contains("ledger"));
    assertEquals(Graph.compose(), edges);
  }

  private void add(Set<Edge> edges, String client, String network) {
    if (network.equals("edge")) {
      edges.add(new Edge(Graph.OUTSIDE, client, 8080));
    } else {
      String server = network.equals("ledger") ? "ledger-service" : network;
      edges.add(new Edge(client, server, PORTS.get(network)));
    }
  }

  @Test
  void networksAreClosed() {
    compose
        .path("networks")
        .properties()
        .forEach(
            network -> {
              boolean internal = network.getValue().path("internal").asBoolean();
              String icc =
                  network
                      .getValue()
                      .path("driver_opts")
                      .path("com.docker.network.bridge.enable_icc")
                      .asText();
              assertTrue(internal || icc.equals("false"), network.getKey());
            });
  }

  @Test
  void containersAreLockedDown() {
    services
        .properties()
        .forEach(
            entry -> {
              JsonNode service = entry.getValue();
              String name = entry.getKey();
              service
                  .fieldNames()
                  .forEachRemaining(key -> assertTrue(KEYS.contains(key), name + "." + key));
              assertTrue(service.path("read_only").asBoolean(), name);
              assertEquals("[\"ALL\"]", service.path("cap_drop").toString(), name);
              assertEquals(
                  "[\"no-new-privileges:true\"]", service.path("security_opt").toString(), name);
              assertTrue(name.equals("init") || service.has("healthcheck"), name);
              service
                  .path("ports")
                  .forEach(port -> assertTrue(port.asText().startsWith("127.0.0.1:"), name));
            });
  }

  @Test
  void imagesAreThoseOfTheDevOverlay() {
    Cluster cluster = GraphTest.cluster("dev");
    services
        .properties()
        .forEach(
            entry -> {
              String image = entry.getValue().path("image").asText();
              String workload =
                  entry.getKey().equals("init") ? "witness" : workload(entry.getKey());
              JsonNode pod = GraphTest.workload(cluster, workload).at("/spec/template/spec");
              assertEquals(pod.at("/containers/0/image").asText(), image);
            });
  }

  /// Names and, but for addresses of single processes, values; what k8s takes from secrets is in
  /// the file that QUARKUS_CONFIG_LOCATIONS names.
  @Test
  void variablesAreThoseOfTheDevOverlay() {
    Cluster cluster = GraphTest.cluster("dev");
    for (String service : Set.of("ledger-1", "ledger-2", "claims-service", "trials-service")) {
      Map<String, String> here = environment(services.path(service));
      Map<String, String> there =
          GraphTest.environment(cluster, GraphTest.workload(cluster, workload(service)));
      there.remove("POD_IP");
      there.keySet().removeAll(Set.of("QUARKUS_DATASOURCE_PASSWORD", "QUARKUS_FLYWAY_PASSWORD"));
      assertTrue(here.containsKey("QUARKUS_CONFIG_LOCATIONS"), service);
      here.remove("QUARKUS_CONFIG_LOCATIONS");
      assertEquals(there.keySet(), here.keySet(), service);
      there.forEach(
          (name, value) -> {
            if (!value.isEmpty() && !name.equals("INDELIBLE_LEDGER_SELF")) {
              assertEquals(value, here.get(name), service);
            }
          });
    }
  }

  @Test
  void keycloakIsSetUpAsInTheDevOverlay() {
    Cluster cluster = GraphTest.cluster("dev");
    Map<String, String> there =
        GraphTest.environment(cluster, GraphTest.workload(cluster, "keycloak"));
    Map<String, String> here = environment(services.path("keycloak"));
    for (String name :
        Set.of(
            "KC_CACHE",
            "KC_LOG_CONSOLE_OUTPUT",
            "KC_HTTP_ENABLED",
            "KC_HOSTNAME",
            "KC_DB_URL",
            "KC_HOSTNAME_BACKCHANNEL_DYNAMIC")) {
      assertEquals(there.get(name), here.get(name), name);
    }
  }

  @Test
  void whatIsMountedAndAwaitedExists() {
    Set<String> declared = new TreeSet<>();
    compose.path("volumes").fieldNames().forEachRemaining(declared::add);
    Set<String> used = new TreeSet<>();
    for (JsonNode service : services) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":")[0];
        if (source.startsWith("./")) {
          assertTrue(Files.exists(Repository.path(source)), source);
        } else if (!source.startsWith("/")) {
          used.add(source);
        }
      }
      service
          .path("depends_on")
          .fieldNames()
          .forEachRemaining(name -> assertTrue(services.has(name)));
    }
    assertEquals(declared, used);
  }

  /// Whoever could read all keys could be everybody.
  @Test
  void eachKeyHasOneReader() {
    Map<String, Set<String>> readers = new TreeMap<>();
    services
        .properties()
        .forEach(
            service ->
                service
                    .getValue()
                    .path("volumes")
                    .forEach(
                        volume ->
                            readers
                                .computeIfAbsent(
                                    volume.asText().split(":")[0], v -> new TreeSet<>())
                                .add(
                                    workload(service.getKey())
                                        + service.getKey().replaceAll("\\D", ""))));
    for (String key :
        Set.of("claims-keys", "trials-keys", "witness-1-key", "witness-2-key", "witness-3-key")) {
      assertEquals(2, readers.get(key).size(), key + " is read by " + readers.get(key));
    }
    assertFalse(readers.get("secrets").contains("postgres"));
  }

  private static Map<String, String> environment(JsonNode service) {
    Map<String, String> variables = new TreeMap<>();
    for (JsonNode file : service.path("env_file")) {
      Repository.text(file.asText())
          .lines()
          .map(line -> line.split("=", 2))
          .forEach(pair -> variables.put(pair[0], pair[1]));
    }
    variables.putAll(Cluster.labels(service.path("environment")));
    return variables;
  }

  private static Set<String> networks(JsonNode service) {
    Set<String> names = new TreeSet<>();
    JsonNode networks = service.path("networks");
    networks.fieldNames().forEachRemaining(names::add);
    if (networks.isArray()) {
      networks.forEach(network -> names.add(network.asText()));
    }
    return names;
  }

  /// `ledger-1` is one of two processes of `ledger-service`, `witness-1` of `witness`.
  private static String workload(String service) {
    String name = service.replaceAll("-\\d$", "");
    return name.equals("ledger") ? "ledger-service" : name;
  }
}
