package dev.indelible.witness;

import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.policy.TrustPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/// Runs one witness until it is stopped.
public final class WitnessMain {

  private WitnessMain() {}

  /// Takes the name of its key, the PEM file of its key, the policy file, the folder for what it
  /// saw, the port and, for a container, the host address to listen on instead of the loopback.
  public static void main(String[] arguments) throws IOException {
    PemKey key = PemKey.parse(KeyAlgorithm.ED25519, Files.readString(Path.of(arguments[1])));
    Witness witness =
        new Witness(
            TrustPolicy.parse(Files.readString(Path.of(arguments[2]))),
            NoteSigner.of(arguments[0], KeyType.ED25519_COSIGNATURE, key),
            new SeenHeads(Path.of(arguments[3])),
            Clock.systemUTC());
    int port = Integer.parseInt(arguments[4]);
    WitnessServer server =
        arguments.length > 5
            ? new WitnessServer(witness, new InetSocketAddress(arguments[5], port))
            : new WitnessServer(witness, port);
    System.out.println("witness " + witness.vkey() + " on port " + server.port());
  }
}
