package dev.indelible.local;

/// One process of the ledger-service, the claims-service or the trials-service.
///
/// @param url where callers reach it
/// @param managementUrl where health and metrics are
public record Service(Node node, String url, String managementUrl) {

  public String name() {
    return node.name();
  }
}
