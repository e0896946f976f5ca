package dev.indelible.witness;

import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.serve.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Runs one witness until it is stopped.
public final class WitnessMain {

  private static final String USAGE =
      """
      witness --new-keys FILE
      witness NAME KEYS POLICY FOLDER PORT [HOST]
        --new-keys
                make an Ed25519 and an ML-DSA-44 key in a new file that only you can read
        NAME    of the witness, as it stands in its verifier keys
        KEYS    PEM file with its Ed25519 key, its ML-DSA-44 key or both, or two files with a comma
                between
        POLICY  tlog-policy file; its log lines say which logs are watched
        FOLDER  where it keeps what it saw; belongs to one process, and must never be restored
                from a backup
        PORT    where it listens
        HOST    address to listen on instead of the loopback
      """;

  private static final int WRONG_USE = 2;
  private static final int ENVIRONMENT = 4;

  private WitnessMain() {}

  /// Starts; see the usage for the arguments. When it cannot, it ends with 2 for wrong use and 4
  /// when something is missing or the folder is another's.
  public static void main(String[] arguments) {
    boolean newKeys = arguments.length == 2 && arguments[0].equals("--new-keys");
    if (!newKeys && (arguments.length < 5 || arguments.length > 6)) {
      System.err.print(USAGE);
      System.exit(WRONG_USE);
    }
    try {
      if (newKeys) {
        makeKeys(Path.of(arguments[1]));
      } else {
        run(List.of(arguments));
      }
    } catch (IllegalArgumentException e) {
      System.err.println("Wrong use: " + e.getMessage());
      System.exit(WRONG_USE);
    } catch (IOException e) {
      System.err.println("The witness does not start: " + e);
      System.exit(ENVIRONMENT);
    }
  }

  /// Never replaces a file: a witness's key cannot be made again.
  private static void makeKeys(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, PemKey.generate(KeyAlgorithm.ED25519) + PemKey.generate(KeyAlgorithm.ML_DSA_44));
  }

  private static void run(List<String> arguments) throws IOException {
    List<String> pems = new ArrayList<>();
    for (String file : arguments.get(1).split(",")) {
      pems.add(Files.readString(Path.of(file)));
    }
    TrustPolicy policy = TrustPolicy.parse(Files.readString(Path.of(arguments.get(2))));
    Witness witness =
        new Witness(
            policy,
            Cosigners.of(arguments.getFirst(), pems),
            SeenCheckpoints.open(Path.of(arguments.get(3))),
            Clock.systemUTC());
    WitnessServer server =
        new WitnessServer(
            witness,
            Listener.address(
                arguments.stream().skip(5).findFirst(), Integer.parseInt(arguments.get(4))));
    System.out.print("witness on port " + server.port() + "\n" + witness.vkeys());
  }
}
