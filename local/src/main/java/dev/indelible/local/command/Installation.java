package dev.indelible.local.command;

import dev.indelible.local.Home;
import dev.indelible.local.LocalException;
import dev.indelible.local.PidFile;
import dev.indelible.local.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// The system that `up` started here, as a later command finds it again.
record Installation(Home home) {

  static final int DEFAULT_BASE = 8180;

  /// The number from which the ports of the last start counted.
  Optional<Integer> base() {
    try {
      return Files.exists(note())
          ? Optional.of(Integer.parseInt(Files.readString(note()).strip()))
          : Optional.empty();
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  void remember(int base) {
    try {
      Files.createDirectories(home.run());
      Files.writeString(note(), base + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Processes of the last start that live.
  List<PidFile> running() {
    return PidFile.in(home.run()).stream().filter(file -> file.process().isPresent()).toList();
  }

  /// The running stack.
  Stack stack() {
    if (running().isEmpty()) {
      throw new LocalException("Nothing is running", "./indelible up");
    }
    return Stack.installed(home, base().orElse(DEFAULT_BASE));
  }

  /// Keeps a second `up` or `down` out while one is at work.
  FileLock exclusive() throws IOException {
    Files.createDirectories(home.run());
    FileChannel channel =
        FileChannel.open(
            home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new LocalException("Another ./indelible up or down is at work", "wait for it to end");
    }
    return lock;
  }

  private Path note() {
    return home.run().resolve("base");
  }
}
