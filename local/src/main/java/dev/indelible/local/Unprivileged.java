package dev.indelible.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How to run a program that refuses to be root, as PostgreSQL does.
///
/// A user namespace is enough to look unprivileged and needs no change of ownership. Containers
/// often forbid it; there the program runs as `nobody` on folders given to `nobody`.
///
/// @param prefix words to put before the command
/// @param nobody whether folders it writes must belong to `nobody`
record Unprivileged(List<String> prefix, boolean nobody) {

  private static final String NOBODY = "65534";

  static Unprivileged here() {
    if (!Commands.run(List.of("id", "-u")).output().equals("0")) {
      return new Unprivileged(List.of(), false);
    }
    if (Commands.run(List.of("unshare", "-U", "true")).exit() == 0) {
      return new Unprivileged(List.of("unshare", "-U"), false);
    }
    List<String> setpriv =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    List<String> trial = new ArrayList<>(setpriv);
    trial.add("true");
    if (Commands.run(trial).exit() == 0) {
      return new Unprivileged(setpriv, true);
    }
    throw new LocalException(
        "Running as root and this kernel forbids user namespaces, so PostgreSQL refuses to start",
        "run as a normal user");
  }

  List<String> command(List<String> words) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(words);
    return whole;
  }

  /// Gives a file or folder to the program; the folder around it it may only pass through.
  void own(Path path) {
    if (nobody) {
      Commands.run(List.of("chown", "-R", NOBODY + ":" + NOBODY, path.toString()));
      Commands.run(List.of("chmod", "o+x", String.valueOf(path.getParent())));
    }
  }
}
