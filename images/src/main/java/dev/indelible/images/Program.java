package dev.indelible.images;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What an image runs.
///
/// @param name of the image, without registry and tag
/// @param files folder whose content becomes `/app`
/// @param command what comes after `java` and its options
record Program(String name, Path files, List<String> command) {

  /// The three services; their folders are what `quarkus:build` leaves behind.
  static final List<String> SERVICES =
      List.of("ledger-service", "trials-service", "claims-service");

  static final String WITNESS = "witness";

  static List<String> names() {
    return Stream.concat(SERVICES.stream(), Stream.of(WITNESS)).toList();
  }

  /// The program of this name in a repository that has been built.
  static Program of(Path root, String name) {
    if (name.equals(WITNESS)) {
      // A library path and not one jar: the same image also makes the keys of a deployment.
      return new Program(
          name,
          root.resolve("local/target"),
          List.of("-cp", "/app/*:/app/lib/*", "dev.indelible.witness.WitnessMain"));
    }
    return new Program(
        name, root.resolve(name + "/target/quarkus-app"), List.of("-jar", "/app/quarkus-run.jar"));
  }

  /// Whether a file of the folder belongs into the image.
  boolean carries(Path relative) {
    String path = relative.toString();
    if (!name.equals(WITNESS)) {
      return !path.equals("quarkus-app-dependencies.txt");
    }
    // PostgreSQL and Keycloak stay at home: the witness needs our jars and the few they need.
    return path.matches("local-[^/]*\\.jar")
        || path.matches("lib/(witness|transparency|jspecify)-[^/]*\\.jar");
  }
}
