package dev.indelible.faults.history;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a client was told about one offer.
public sealed interface Told {
  /// It is in the log, durably, at this place; perhaps with a receipt (tlog-proof text).
  record Acknowledged(long index, Optional<String> receipt) implements Told {}

  /// The entry at this place has the same unique token.
  record Duplicate(long index) implements Told {}

  /// Nothing: an error, or no answer at all. The offer may be in the log or not.
  record Nothing(String reason) implements Told {}

  /// Something that no fault excuses.
  record Wrong(String answer) implements Told {}

  /// Reads the answer to a request, an element for each offer.
  static List<Told> of(Request request, int status, String body) {
    if (status == 429 || status >= 500) {
      return all(request, new Nothing(status + " " + body));
    }
    try {
      JsonObject json =
          JsonReader.readObject(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return switch (status) {
        case 200, 201, 202 -> request.isBatch() ? items(request, json) : List.of(item(json));
        case 409 -> List.of(item(json));
        default -> all(request, new Wrong(status + " " + body));
      };
    } catch (RuntimeException unreadable) {
      return all(request, new Wrong(status + " " + body + ": " + unreadable));
    }
  }

  /// The same for every offer of a request.
  static List<Told> all(Request request, Told told) {
    return java.util.Collections.nCopies(request.offers().size(), told);
  }

  private static List<Told> items(Request request, JsonObject json) {
    List<Told> items = new ArrayList<>();
    json.list("results").forEach(item -> items.add(item((JsonObject) item)));
    return items.size() == request.offers().size()
        ? items
        : all(request, new Wrong("not one result for each statement: " + items));
  }

  private static Told item(JsonObject json) {
    return json.find("duplicateOf").orElse(null) instanceof JsonObject original
        ? new Duplicate(index(original))
        : new Acknowledged(index(json), json.findString("proof").filter(text -> !text.isEmpty()));
  }

  private static long index(JsonObject json) {
    Json index = json.find("index").orElseThrow();
    return ((JsonNumber) index).decimal().longValueExact();
  }
}
