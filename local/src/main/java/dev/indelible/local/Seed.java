package dev.indelible.local;

import dev.indelible.transparency.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// A database cluster into which Keycloak has imported the realm, kept for tests: importing takes a
/// dozen seconds and ends the same way each time.
///
/// The folder's name holds a hash of all that goes in, so a changed realm is imported again.
///
/// @param folder holds `postgres/` and the secrets and clients' keys that belong to it
record Seed(Path folder) {

  private static final List<String> PARTS = List.of("postgres", "secrets.properties", "clients");

  static Seed of(Home home) {
    ByteArrayOutputStream inputs = new ByteArrayOutputStream();
    inputs.writeBytes(Versions.pinned().toString().getBytes(StandardCharsets.UTF_8));
    try {
      for (String file : List.of("realm.json", "demo-users.json")) {
        inputs.writeBytes(Files.readAllBytes(home.root().resolve("identity").resolve(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String hash = Hash.sha256(inputs.toByteArray()).toHex().substring(0, 16);
    return new Seed(home.cache().resolve("test-seed-" + hash));
  }

  /// Copies it into the empty state folder of a stack, growing it first if need be.
  ///
  /// @param grow starts a stack from nothing, stops it in order and answers its state folder
  void plant(Path state, Supplier<Path> grow) {
    try {
      CachedFolder.make(
          folder,
          into -> {
            Path grown = grow.get();
            PARTS.forEach(part -> copy(grown.resolve(part), into));
            Scratch.delete(grown);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PARTS.forEach(part -> copy(folder.resolve(part), state));
  }

  /// By the system's own program: it keeps owners and modes, which PostgreSQL looks at.
  private static void copy(Path from, Path into) {
    Commands.Outcome outcome = Commands.run(List.of("cp", "-Rp", from.toString(), into.toString()));
    if (outcome.exit() != 0) {
      throw new LocalException(
          "cannot copy " + from + ": " + outcome.output(), "make room on disk");
    }
  }
}
