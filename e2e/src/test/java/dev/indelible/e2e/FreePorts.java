package dev.indelible.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A number from which `./indelible up --ports` can count without meeting anybody: below those that
/// test stacks are given.
final class FreePorts {
  private static final int SPAN = 15;

  private FreePorts() {}

  static int base() {
    SplittableRandom random = new SplittableRandom();
    for (int attempt = 0; attempt < 200; attempt++) {
      int base = random.nextInt(12_000, 15_000 - SPAN);
      if (IntStream.rangeClosed(base, base + SPAN).allMatch(FreePorts::isFree)) {
        return base;
      }
    }
    throw new IllegalStateException("no " + SPAN + " free ports in a row");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
