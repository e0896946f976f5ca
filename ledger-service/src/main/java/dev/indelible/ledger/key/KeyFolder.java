package dev.indelible.ledger.key;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.hsm.Hsm;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.Signer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder of the logs' keys.
///
/// ```
/// claims.ed25519.pem     claims.ml-dsa-44.pem      first generation
/// claims.2.ed25519.hsm   claims.2.ml-dsa-44.pem    second: one key in hardware, one in a file
/// ```
///
/// A `.pem` file is the key, a `.hsm` file says by which label the token knows it.
@ApplicationScoped
class KeyFolder {
  private final Path folder;
  private final Hsm hsm;

  @Inject
  KeyFolder(LedgerConfig config, Hsm hsm) {
    this(config.keys(), hsm);
  }

  KeyFolder(Path folder, Hsm hsm) {
    this.folder = folder;
    this.hsm = hsm;
  }

  /// The generations of a log that are here, oldest first.
  ///
  /// @throws IllegalArgumentException when one of them is not whole
  List<Generation> read(String log, String origin) {
    List<Generation> generations = new ArrayList<>();
    for (int number : numbers(log)) {
      String name = number == 1 ? log : log + "." + number;
      generations.add(
          new Generation(
              number,
              NoteSigner.of(origin, KeyType.ED25519, signer(name, KeyAlgorithm.ED25519)),
              NoteSigner.of(
                  origin, KeyType.ML_DSA_44_COSIGNATURE, signer(name, KeyAlgorithm.ML_DSA_44))));
    }
    if (generations.isEmpty()) {
      throw new IllegalArgumentException("no keys of " + log + " in " + folder);
    }
    return generations;
  }

  private Iterable<Integer> numbers(String log) {
    Pattern file =
        Pattern.compile(
            Pattern.quote(log)
                + "(?:\\.([2-9]|[1-9][0-9]{1,5}))?\\.(?:ed25519|ml-dsa-44)\\.(?:pem|hsm)");
    TreeSet<Integer> numbers = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.toList()) {
        Matcher name = file.matcher(path.getFileName().toString());
        if (name.matches()) {
          numbers.add(name.group(1) == null ? 1 : Integer.parseInt(name.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return numbers;
  }

  private Signer signer(String name, KeyAlgorithm algorithm) {
    String suffix = algorithm == KeyAlgorithm.ED25519 ? ".ed25519" : ".ml-dsa-44";
    Path pem = folder.resolve(name + suffix + ".pem");
    Path label = folder.resolve(name + suffix + ".hsm");
    if (Files.exists(pem) == Files.exists(label)) {
      throw new IllegalArgumentException("there has to be one of " + pem + " and " + label);
    }
    if (Files.exists(pem)) {
      return PemKey.parse(algorithm, text(pem));
    }
    if (algorithm != KeyAlgorithm.ED25519) {
      throw new IllegalArgumentException(label + ": only Ed25519 keys can be in hardware so far");
    }
    return hsm.ed25519(text(label).strip());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
