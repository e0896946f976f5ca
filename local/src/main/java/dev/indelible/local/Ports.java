package dev.indelible.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Loopback ports: is one free, and give me a free one.
public final class Ports {

  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;

  /// Handed out by this process and perhaps not bound yet.
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  /// The byte at a port's number is locked by the process that handed it out, so that two that test
  /// side by side do not hand out the same; the system lets go of a process's locks when it ends.
  private static final FileChannel GIVEN_BY_ANYBODY = open();

  private Ports() {}

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /// A free port below those that systems hand out for outgoing connections, one of which might
  /// otherwise take the number before the program that wants it has started.
  public static int anyFree() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && GIVEN.add(port) && reserve(port)) {
        return port;
      }
    }
    throw new LocalException("No free port on the loopback address", "stop some programs");
  }

  private static boolean reserve(int port) {
    try {
      return GIVEN_BY_ANYBODY.tryLock(port, 1, false) != null;
    } catch (OverlappingFileLockException givenByThisClassLoadedTwice) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel open() {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "indelible-ports-" + System.getProperty("user.name"));
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
