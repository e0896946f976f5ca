package dev.indelible.witness.disk;

import java.io.IOException;
import java.nio.file.Path;

/// Another process writes in the folder.
public final class FolderLockedException extends IOException {
  private static final long serialVersionUID = 1;

  FolderLockedException(Path folder) {
    super("another process has locked the folder " + folder);
  }
}
