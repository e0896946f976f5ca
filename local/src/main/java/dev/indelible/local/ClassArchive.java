package dev.indelible.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;

/// The classes of a program as a JVM has read, checked and laid them out, in a file from which the
/// next start takes them instead of doing it again: a third of what a start costs.
///
/// A JVM writes it when it ends in order (and not on command while it runs: one that had done that
/// crashed a moment later). One that finds that it is of another JDK or of other jars starts as if
/// there were none.
///
/// @param jars what the JVM is started on
/// @param file where it is, or will be
record ClassArchive(List<Path> jars, Path file) {

  /// It would tell the program's log what it leaves out, and why it does not take an archive.
  private static final String IN_SILENCE = "-Xlog:cds*=off";

  ClassArchive {
    jars = List.copyOf(jars);
  }

  /// The archive for the JDK that runs us, beside the program, with which it goes.
  static ClassArchive beside(Path program, List<Path> jars) {
    String name = program.getFileName() + "-java-" + Runtime.version() + ".jsa";
    return new ClassArchive(jars, program.resolveSibling(name));
  }

  /// Whether there is one that is not older than the program.
  boolean isMade() {
    return isOfThisBuild(file);
  }

  private boolean isOfThisBuild(Path archive) {
    try {
      FileTime made = Files.getLastModifiedTime(archive);
      for (Path jar : jars) {
        if (made.compareTo(Files.getLastModifiedTime(jar)) < 0) {
          return false;
        }
      }
      return true;
    } catch (IOException notThere) {
      return false;
    }
  }

  /// Options for a JVM that starts the program.
  List<String> use() {
    return isMade() ? List.of("-XX:SharedArchiveFile=" + file, IN_SILENCE) : List.of();
  }

  /// Options for one that leaves an archive when it ends in order. It must have no agent.
  ///
  /// @param draft a file that no other process writes
  static List<String> leave(Path draft) {
    return List.of("-XX:ArchiveClassesAtExit=" + draft, IN_SILENCE);
  }

  /// Makes what a process left the archive, in one step, unless the program has been built since.
  /// Where nothing was left there is none, and the next start is as slow as the last one.
  void adopt(Path left) {
    try {
      if (isOfThisBuild(left)) {
        Path copy = file.resolveSibling(file.getFileName() + "-" + Secrets.random());
        var _ = Files.copy(left, copy, StandardCopyOption.COPY_ATTRIBUTES);
        var _ = Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
      }
      var _ = Files.deleteIfExists(left);
    } catch (IOException noArchive) {
      // As without.
    }
  }
}
