package dev.indelible.anchoring;

import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.util.List;
import java.util.UUID;

/// What the ledger says to an entry.
sealed interface Answer {
  /// The entry is in the log, says the ledger; the proof is still to be checked.
  record Accepted(long index, long block, String proof, List<Match> matches) implements Answer {
    public Accepted {
      matches = List.copyOf(matches);
    }
  }

  /// An equal entry was there before.
  record Duplicate(DuplicateOf original) implements Answer {}

  /// This entry will never be accepted as it is.
  record Unacceptable(String reason) implements Answer {}

  /// Nothing that we send is accepted, until somebody changes what the ledger knows of us.
  record Forbidden(String reason) implements Answer {}

  /// The token was not accepted.
  record Unauthenticated() implements Answer {}

  /// Not now.
  record Later(String reason) implements Answer {}

  /// The ledger acknowledged something that is not an acknowledgement.
  record Broken(String reason) implements Answer {}

  /// Reads a response.
  static Answer of(int status, byte[] body) {
    return switch (status) {
      case 200, 201 -> accepted(body);
      case 409 -> duplicate(body);
      case 401 -> new Unauthenticated();
      case 403 -> new Forbidden(reason(status, body));
      case 408, 425, 429 -> new Later(reason(status, body));
      default ->
          status >= 400 && status < 500
              ? new Unacceptable(reason(status, body))
              : new Later(reason(status, body));
    };
  }

  /// Reads the response to several entries: an answer for each, or none when it is not one.
  static List<Answer> each(byte[] body) {
    try {
      return JsonReader.readObject(body).list("results").stream()
          .map(item -> ofItem((JsonObject) item))
          .toList();
    } catch (JsonException | ClassCastException e) {
      return List.of();
    }
  }

  private static Answer ofItem(JsonObject item) {
    return item.find("duplicateOf").isPresent() ? duplicate(item) : accepted(item);
  }

  private static Answer accepted(byte[] body) {
    try {
      return accepted(JsonReader.readObject(body));
    } catch (JsonException e) {
      return new Broken("the acknowledgement cannot be read: " + e.getMessage());
    }
  }

  private static Answer accepted(JsonObject answer) {
    try {
      List<Match> matches =
          answer.list("matches").stream().map(match -> match((JsonObject) match)).toList();
      return new Accepted(
          number(answer, "index"), number(answer, "block"), text(answer, "proof"), matches);
    } catch (JsonException | ClassCastException | IllegalArgumentException e) {
      return new Broken("the acknowledgement cannot be read: " + e.getMessage());
    }
  }

  private static Match match(JsonObject match) {
    return new Match(text(match, "name"), number(match, "index"), record(match));
  }

  private static Answer duplicate(byte[] body) {
    try {
      JsonObject problem = JsonReader.readObject(body);
      return problem.find("duplicateOf").isPresent()
          ? duplicate(problem)
          : new Unacceptable(reason(409, body));
    } catch (JsonException e) {
      return new Broken("the refusal cannot be read: " + e.getMessage());
    }
  }

  private static Answer duplicate(JsonObject refusal) {
    try {
      JsonObject original = (JsonObject) refusal.find("duplicateOf").orElseThrow();
      return new Duplicate(
          new DuplicateOf(number(original, "index"), record(original), text(original, "name")));
    } catch (JsonException | ClassCastException | IllegalArgumentException e) {
      return new Broken("the refusal cannot be read: " + e.getMessage());
    }
  }

  /// The code of a problem, for people; whatever sent it.
  private static String reason(int status, byte[] body) {
    try {
      JsonObject problem = JsonReader.readObject(body);
      String code = problem.findString("code").orElse("no code");
      return "HTTP "
          + status
          + " "
          + code
          + problem.findString("detail").map(": "::concat).orElse("");
    } catch (JsonException e) {
      return "HTTP " + status;
    }
  }

  private static UUID record(JsonObject object) {
    String subject = text(object, "record");
    if (!subject.startsWith("urn:uuid:")) {
      throw new JsonException("\"record\" is not a urn:uuid");
    }
    return UUID.fromString(subject.substring("urn:uuid:".length()));
  }

  private static long number(JsonObject object, String name) {
    if (object.find(name).orElse(null) instanceof JsonNumber number && number.isInteger()) {
      return Long.parseLong(number.literal());
    }
    throw new JsonException("integer member \"" + name + "\" is missing");
  }

  private static String text(JsonObject object, String name) {
    return object
        .findString(name)
        .orElseThrow(() -> new JsonException("string member \"" + name + "\" is missing"));
  }
}
