package dev.indelible.e2e;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `identity/access.csv`: who may call what, and whose records it gives. What its words mean is
/// said there.
///
/// @param rows by the operation's name
/// @param grave operations that always need a passkey
record AccessTable(Map<String, Access> rows, Set<String> grave) {

  /// Whose records a role is given.
  enum Scope {
    OWN,
    SHARED,
    ALL,
    GLASS,
    NONE
  }

  /// Who may call an operation.
  sealed interface Access {}

  /// Everybody.
  record Public() implements Access {}

  /// These roles.
  record Granted(Map<String, Scope> roles) implements Access {}

  static AccessTable read() {
    Path file = Resources.root().resolve("identity/access.csv");
    try (Stream<String> lines = Files.lines(file)) {
      List<List<String>> rows =
          lines
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .skip(1)
              .map(line -> List.of(line.split(",\\s*")))
              .toList();
      return new AccessTable(
          rows.stream()
              .collect(toUnmodifiableMap(AccessTable::operation, row -> access(row.get(3)))),
          rows.stream()
              .filter(row -> row.size() > 4 && row.get(4).equals("always"))
              .map(AccessTable::operation)
              .collect(toUnmodifiableSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String operation(List<String> row) {
    return String.join(" ", row.subList(0, 3));
  }

  private static Access access(String text) {
    return text.equals("public")
        ? new Public()
        : new Granted(
            Stream.of(text.split(" "))
                .map(grant -> List.of(grant.split("=")))
                .collect(
                    toUnmodifiableMap(
                        List::getFirst,
                        grant -> Scope.valueOf(grant.get(1).toUpperCase(Locale.ROOT)))));
  }

  boolean isGrave(Operation operation) {
    return grave.contains(operation.toString());
  }

  Access of(Operation operation) {
    return Optional.ofNullable(rows.get(operation.toString()))
        .orElseThrow(() -> new AssertionError("no row for " + operation));
  }
}
