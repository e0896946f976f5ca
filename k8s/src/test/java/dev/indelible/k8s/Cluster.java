package dev.indelible.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.indelible.k8s.Graph.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A rendered overlay as a cluster would see it: pods with labels, services that select them, and
/// what network policies let through. Pods and services that operators would make are added.
final class Cluster {

  static final List<String> DATABASES =
      List.of("claims-db", "keycloak-db", "ledger-db", "trials-db");

  private static final Map<String, Map<String, String>> NAMESPACES =
      Map.of(
          Graph.OUTSIDE, Map.of("indelible.dev/edge", "true"),
          Graph.MONITORING, Map.of("indelible.dev/monitoring", "true"));

  final List<JsonNode> objects;

  /// Name of a workload to the labels of its pods.
  final Map<String, Map<String, String>> pods = new TreeMap<>();

  Cluster(List<JsonNode> objects) {
    this.objects = objects;
    for (JsonNode object : workloads()) {
      pods.put(
          object.at("/metadata/name").asText(),
          labels(object.at("/spec/template/metadata/labels")));
    }
    of("Cluster").forEach(db -> pods.put(text(db), Map.of("cnpg.io/cluster", text(db))));
    of("Keycloak").forEach(keycloak -> pods.put(text(keycloak), Map.of("app", "keycloak")));
  }

  List<JsonNode> workloads() {
    return Stream.of("Deployment", "StatefulSet").flatMap(this::of).toList();
  }

  Stream<JsonNode> of(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
  }

  static String text(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  static Map<String, String> labels(JsonNode node) {
    Map<String, String> labels = new TreeMap<>();
    node.properties().forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    return labels;
  }

  /// Every pair that the policies let through inside the cluster, on any port that a policy names.
  Set<Edge> allowedEdges() {
    Set<Integer> ports = new TreeSet<>();
    of("NetworkPolicy")
        .forEach(policy -> policy.findValues("port").forEach(port -> ports.add(port.asInt())));
    ports.removeAll(Set.of(0, 53));
    Set<Edge> edges = new TreeSet<>();
    for (int port : ports) {
      for (String server : pods.keySet()) {
        for (String client : pods.keySet()) {
          if (allows("egress", client, server, port) && allows("ingress", server, client, port)) {
            edges.add(new Edge(client, server, port));
          }
        }
        for (String outside : NAMESPACES.keySet()) {
          if (allows("ingress", server, outside, port)) {
            edges.add(new Edge(outside, server, port));
          }
        }
      }
    }
    return edges;
  }

  private boolean allows(String direction, String subject, String peer, int port) {
    String side = direction.equals("egress") ? "to" : "from";
    return of("NetworkPolicy")
        .map(policy -> policy.path("spec"))
        .filter(spec -> matches(spec.path("podSelector"), pods.get(subject)))
        .flatMap(spec -> stream(spec.path(direction)))
        .filter(
            rule -> rule.path("ports").findValues("port").stream().anyMatch(p -> p.asInt() == port))
        .filter(rule -> rule.has(side))
        .flatMap(rule -> stream(rule.path(side)))
        .anyMatch(selector -> isPeer(selector, peer));
  }

  private boolean isPeer(JsonNode selector, String peer) {
    if (selector.has("namespaceSelector")) {
      return NAMESPACES.containsKey(peer)
          && matches(selector.path("namespaceSelector"), NAMESPACES.get(peer));
    }
    return selector.has("podSelector")
        && pods.containsKey(peer)
        && matches(selector.path("podSelector"), pods.get(peer));
  }

  static boolean matches(JsonNode selector, Map<String, String> labels) {
    boolean exact = labels.entrySet().containsAll(labels(selector.path("matchLabels")).entrySet());
    return exact
        && stream(selector.path("matchExpressions"))
            .allMatch(
                expression -> {
                  String value = labels.get(expression.path("key").asText());
                  return expression.path("operator").asText().equals("Exists")
                      ? value != null
                      : stream(expression.path("values")).anyMatch(v -> v.asText().equals(value));
                });
  }

  /// The workload and the container port behind a service's name and port.
  Optional<Edge> resolve(String client, String service, int port) {
    for (JsonNode object : (Iterable<JsonNode>) of("Service")::iterator) {
      if (text(object).equals(service)) {
        return behind(client, object, port);
      }
    }
    return Stream.concat(
            of("Cluster").filter(db -> service.equals(text(db) + "-rw") && port == 5432),
            of("Keycloak")
                .filter(kc -> service.equals(text(kc) + "-service") && port == keycloakPort(kc)))
        .map(object -> new Edge(client, text(object), port))
        .findFirst();
  }

  /// As its operator has it.
  private static int keycloakPort(JsonNode keycloak) {
    return keycloak.at("/spec/http").has("tlsSecret") ? 8443 : 8080;
  }

  private Optional<Edge> behind(String client, JsonNode service, int port) {
    Map<String, String> selector = labels(service.at("/spec/selector"));
    for (JsonNode declared : service.at("/spec/ports")) {
      for (JsonNode workload : workloads()) {
        if (declared.path("port").asInt() == port
            && pods.get(text(workload)).entrySet().containsAll(selector.entrySet())) {
          return containerPort(workload, declared.path("targetPort").asText())
              .map(target -> new Edge(client, text(workload), target));
        }
      }
    }
    return Optional.empty();
  }

  static Optional<Integer> containerPort(JsonNode workload, String name) {
    return stream(workload.at("/spec/template/spec/containers/0/ports"))
        .filter(port -> port.path("name").asText().equals(name))
        .map(port -> port.path("containerPort").asInt())
        .findFirst();
  }

  /// Secrets that will exist, with their keys where we know them.
  Map<String, Set<String>> secrets() {
    Map<String, Set<String>> secrets = new TreeMap<>();
    for (JsonNode database : of("Cluster").toList()) {
      secrets.put(text(database) + "-app", Set.of("username", "password"));
      secrets.put(text(database) + "-ca", Set.of("ca.crt", "ca.key"));
    }
    for (JsonNode certificate : of("Certificate").toList()) {
      secrets.put(
          certificate.at("/spec/secretName").asText(), Set.of("tls.crt", "tls.key", "ca.crt"));
    }
    of("ExternalSecret").forEach(secret -> secrets.put(text(secret), Set.of()));
    return secrets;
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(element -> names.add(element.path("name").asText()));
    return names;
  }
}
