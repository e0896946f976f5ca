package dev.indelible.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Home;
import dev.indelible.local.Host;
import dev.indelible.local.LocalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PortHolderTest {

  @Test
  void namesProgramAndProcess() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String words = PortHolder.describe(socket.getLocalPort(), Clock.systemUTC().instant());

      assertTrue(words.startsWith("\"java\" (pid " + ProcessHandle.current().pid()), words);
      assertFalse(Host.isFree(socket.getLocalPort()));
    }
  }

  @Test
  void upNamesTheHolderOfAPortAndStartsNothing(@TempDir Path state) throws IOException {
    int base = freeBase();
    try (ServerSocket socket = new ServerSocket(base + 2, 1, InetAddress.getLoopbackAddress())) {
      Installation installation = new Installation(Home.find().withState(state));
      Up up = new Up(installation, new Screen(), Clock.systemUTC());

      LocalException refusal =
          assertThrows(
              LocalException.class, () -> up.run(List.of("--ports", Integer.toString(base))));

      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.startsWith("Port " + socket.getLocalPort() + " is in use by "), message);
      assertTrue(message.contains("pid " + ProcessHandle.current().pid()), message);
      assertTrue(refusal.fix().contains("--ports"), refusal.fix());
      assertEquals(List.of(), installation.running());
    }
  }

  private static int freeBase() {
    return IntStream.iterate(20_000, base -> base + 100)
        .filter(base -> Host.portsFrom(base).stream().allMatch(Host::isFree))
        .findFirst()
        .orElseThrow();
  }
}
