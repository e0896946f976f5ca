package dev.indelible.local;

import java.util.List;

/// What this machine offers, for a check before anything is started.
public final class Host {

  private Host() {}

  /// As whom PostgreSQL would run here.
  ///
  /// @throws LocalException when it cannot
  public static String postgresUser() {
    List<String> prefix = Unprivileged.here().prefix();
    return prefix.isEmpty() ? "this user" : "root through " + prefix.getFirst();
  }

  /// Whether nobody listens on a loopback port.
  public static boolean isFree(int port) {
    return Ports.isFree(port);
  }

  /// The ports of an installation that counts from a base.
  public static List<Integer> portsFrom(int base) {
    return Addresses.from(base).all();
  }

  /// What will run the build.
  public static String maven() {
    return Commands.onPath("mvn") ? "Maven on the path" : "the committed Maven wrapper";
  }
}
