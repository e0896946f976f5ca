package dev.indelible.k8s;

import java.util.Set;
import java.util.TreeSet;

/// Who may talk to whom, in this system, wherever it runs. The manifests and the compose file are
/// both held against this table.
final class Graph {

  /// A client may open connections to a port of a server.
  record Edge(String client, String server, int port) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return client + " -> " + server + ":" + port;
    }
  }

  /// Where people and machines come in, and where metrics are collected.
  static final String OUTSIDE = "edge";

  static final String MONITORING = "monitoring";

  /// Where they speak plain HTTP.
  private static final Set<Edge> SERVICES = services(8080);

  private static final Set<Edge> METRICS =
      Set.of(
          new Edge(MONITORING, "claims-service", 9000),
          new Edge(MONITORING, "trials-service", 9000),
          new Edge(MONITORING, "ledger-service", 9000),
          new Edge(MONITORING, "keycloak", 9000));

  private static final Set<Edge> ONE_POSTGRES =
      Set.of(
          new Edge("claims-service", "postgres", 5432),
          new Edge("trials-service", "postgres", 5432),
          new Edge("ledger-service", "postgres", 5432),
          new Edge("keycloak", "postgres", 5432),
          new Edge("ledger-service", "witness", 8080));

  private Graph() {}

  private static Set<Edge> services(int port) {
    return Set.of(
        new Edge("claims-service", "ledger-service", port),
        new Edge("trials-service", "ledger-service", port),
        new Edge("ledger-service", "ledger-service", port),
        new Edge("claims-service", "keycloak", port),
        new Edge("trials-service", "keycloak", port),
        new Edge("ledger-service", "keycloak", port),
        new Edge(OUTSIDE, "claims-service", port),
        new Edge(OUTSIDE, "trials-service", port),
        new Edge(OUTSIDE, "ledger-service", port),
        new Edge(OUTSIDE, "keycloak", port));
  }

  static Set<Edge> compose() {
    return union(SERVICES, ONE_POSTGRES);
  }

  static Set<Edge> dev() {
    return union(SERVICES, METRICS, ONE_POSTGRES);
  }

  /// Every program has its own cluster, whose members talk to each other; witnesses are outside.
  /// Services and Keycloak speak TLS.
  static Set<Edge> prod() {
    Set<Edge> own = new TreeSet<>();
    own.add(new Edge("claims-service", "claims-db", 5432));
    own.add(new Edge("trials-service", "trials-db", 5432));
    own.add(new Edge("ledger-service", "ledger-db", 5432));
    own.add(new Edge("keycloak", "keycloak-db", 5432));
    own.add(new Edge("keycloak", "keycloak", 7800));
    own.add(new Edge("keycloak", "keycloak", 57800));
    for (String one : Cluster.DATABASES) {
      for (String other : Cluster.DATABASES) {
        own.add(new Edge(one, other, 5432));
        own.add(new Edge(one, other, 8000));
      }
    }
    return union(services(8443), METRICS, own);
  }

  @SafeVarargs
  private static Set<Edge> union(Set<Edge>... parts) {
    Set<Edge> all = new TreeSet<>();
    for (Set<Edge> part : parts) {
      all.addAll(part);
    }
    return all;
  }
}
