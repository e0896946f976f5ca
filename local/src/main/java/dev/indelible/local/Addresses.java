package dev.indelible.local;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The loopback ports of a whole stack.
record Addresses(
    int postgres,
    int keycloak,
    int keycloakManagement,
    List<Integer> witnesses,
    List<Pair> ledgers,
    List<Pair> trials,
    List<Pair> claims) {

  /// @param http for callers
  /// @param management for health and metrics
  record Pair(int http, int management) {
    String url() {
      return "http://localhost:" + http;
    }

    String managementUrl() {
      return "http://localhost:" + management;
    }
  }

  /// The published numbers: one of each service, three witnesses, counted from a base.
  static Addresses from(int base) {
    return new Addresses(
        base + 6,
        base + 1,
        base + 5,
        List.of(base + 7, base + 8, base + 9),
        List.of(new Pair(base + 2, base + 12)),
        List.of(new Pair(base + 3, base + 13)),
        List.of(new Pair(base + 4, base + 14)));
  }

  /// Free ports for a stack of this shape.
  static Addresses free(Shape shape) {
    return new Addresses(
        Ports.anyFree(),
        Ports.anyFree(),
        Ports.anyFree(),
        IntStream.range(0, shape.witnesses()).map(i -> Ports.anyFree()).boxed().toList(),
        pairs(shape.ledgers()),
        pairs(shape.trials()),
        pairs(shape.claims()));
  }

  List<String> witnessUrls() {
    return witnesses.stream().map(port -> "http://localhost:" + port).toList();
  }

  List<Integer> all() {
    List<Integer> ports = new ArrayList<>(List.of(keycloak));
    for (List<Pair> pairs : List.of(ledgers, trials, claims)) {
      pairs.forEach(pair -> ports.addAll(List.of(pair.http(), pair.management())));
    }
    ports.addAll(List.of(keycloakManagement, postgres));
    ports.addAll(witnesses);
    return ports.stream().sorted().toList();
  }

  private static List<Pair> pairs(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Pair(Ports.anyFree(), Ports.anyFree()))
        .toList();
  }
}
