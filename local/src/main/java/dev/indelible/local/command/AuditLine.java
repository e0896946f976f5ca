package dev.indelible.local.command;

import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How far an audit is, by the health that its service tells meanwhile: a line as `fsck` prints
/// them.
final class AuditLine {
  private record Part(String what, long done, long of) {}

  private final String service;
  private Optional<Part> begun = Optional.empty();
  private long begunAt;

  AuditLine(String service) {
    this.service = service;
  }

  /// The line, if the service says that an audit is under way.
  ///
  /// @param health as the service answered
  /// @param nanos of a clock that only goes forward
  Optional<String> line(byte[] health, long nanos) {
    return part(health).map(part -> line(part, nanos));
  }

  /// The rate is that since the part was seen first.
  private String line(Part part, long nanos) {
    Part first = begun.filter(seen -> seen.what().equals(part.what())).orElse(part);
    if (first.equals(part) || part.done() < first.done()) {
      first = part;
      begunAt = nanos;
    }
    begun = Optional.of(first);
    double seconds = (double) (nanos - begunAt) / Duration.ofSeconds(1).toNanos();
    String rate =
        seconds > 0
            ? String.format(Locale.ROOT, ", %,.0f a second", (part.done() - first.done()) / seconds)
            : "";
    long percent = part.of() == 0 ? 100 : Math.min(100, 100 * part.done() / part.of());
    return String.format(
        Locale.ROOT,
        "  %s: %,d of %,d %s, %d %%%s",
        service,
        part.done(),
        part.of(),
        part.what(),
        percent,
        rate);
  }

  private static Optional<Part> part(byte[] health) {
    try {
      return JsonReader.readObject(health).list("checks").stream()
          .flatMap(check -> ((JsonObject) check).find("data").stream())
          .flatMap(data -> part((JsonObject) data).stream())
          .findFirst();
    } catch (JsonException | ClassCastException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Part> part(JsonObject data) {
    Optional<String> what = data.findString("part");
    return what.isPresent()
            && data.find("done").orElse(null) instanceof JsonNumber done
            && data.find("of").orElse(null) instanceof JsonNumber of
        ? Optional.of(new Part(what.get(), number(done), number(of)))
        : Optional.empty();
  }

  private static long number(JsonNumber number) {
    return number.decimal().longValueExact();
  }
}
