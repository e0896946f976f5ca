package dev.indelible.faults.history;

import java.util.List;

/// One call of the ledger, which may be sent again as it is.
///
/// @param path behind the server's address
/// @param body the bytes that are sent, the same every time
/// @param offers what the body holds, in its order
public record Request(String path, byte[] body, List<Offer> offers) {
  public Request {
    offers = List.copyOf(offers);
  }

  boolean isBatch() {
    return path.endsWith("/batches");
  }
}
