package dev.indelible.local;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where things are.
///
/// @param root the repository, which holds the modules and `identity/`
/// @param cache programs unpacked once and shared: PostgreSQL and Keycloak
/// @param state everything one running system writes
public record Home(Path root, Path cache, Path state) {

  /// The repository that this process works in, found from the system property `indelible.root` or,
  /// without it, upwards from the working folder. Programs and state are in its `.indelible/`, or
  /// where the environment variable `INDELIBLE_HOME` says.
  public static Home find() {
    Path start = Path.of(System.getProperty("indelible.root", "")).toAbsolutePath().normalize();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("identity/realm.json"))) {
        Path state = stateOf(folder);
        return new Home(folder, state, state);
      }
    }
    throw new LocalException(
        "No Indelible repository at or above " + start, "run ./indelible from the clone");
  }

  private static Path stateOf(Path root) {
    String chosen = System.getenv("INDELIBLE_HOME");
    return chosen == null || chosen.isBlank()
        ? root.resolve(".indelible")
        : Path.of(chosen).toAbsolutePath().normalize();
  }

  /// The same programs with other state; tests use it to run beside a developer's stack.
  public Home withState(Path other) {
    return new Home(root, cache, other);
  }

  /// Folder of pid files.
  public Path run() {
    return state.resolve("run");
  }

  /// The log of a program.
  public Path log(String name) {
    return state.resolve("logs/" + name + ".log");
  }
}
