package dev.indelible.ledger.key;

import dev.indelible.ledger.Generation;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a log says about its keys. The entry is signed by a generation in force; the new keys sign
/// inside the statement, which shows that whoever announces them has them.
final class KeyStatement {
  static final String GENESIS = "ledger.genesis/v1";
  static final String ANNOUNCED = "ledger.key-announced/v1";
  static final String RETIRED = "ledger.key-retired/v1";

  private KeyStatement() {}

  /// That a generation signs from now on, besides the one before it.
  static Statement announced(String origin, Generation next, Instant at) {
    byte[] claim = claim(origin, next.number(), next.keys());
    return Statement.builder()
        .put("/type", ANNOUNCED)
        .put("/origin", origin)
        .put("/generation", next.number())
        .put("/ed25519", next.ed25519().key().vkey())
        .put("/mlDsa44", next.mlDsa44().key().vkey())
        .put("/ed25519Possession", base64(next.ed25519().signer().sign(claim)))
        .put("/mlDsa44Possession", base64(next.mlDsa44().signer().sign(claim)))
        .put("/at", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .build();
  }

  /// That a generation signs nothing any more.
  static Statement retired(String origin, KeyTerm term, Instant at) {
    return Statement.builder()
        .put("/type", RETIRED)
        .put("/origin", origin)
        .put("/generation", term.generation())
        .put("/ed25519", term.ed25519().vkey())
        .put("/mlDsa44", term.mlDsa44().vkey())
        .put("/at", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .build();
  }

  /// The keys that a genesis or an announcement names; nothing unless both are keys of this log, of
  /// the right types.
  static Optional<List<VerifierKey>> keys(String origin, OwnEntry said) {
    try {
      VerifierKey ed25519 = VerifierKey.parse(said.text("/ed25519").orElse(""));
      VerifierKey mlDsa44 = VerifierKey.parse(said.text("/mlDsa44").orElse(""));
      boolean ours =
          said.text("/origin").equals(Optional.of(origin))
              && ed25519.name().equals(origin)
              && mlDsa44.name().equals(origin)
              && ed25519.type() == KeyType.ED25519
              && mlDsa44.type() == KeyType.ML_DSA_44_COSIGNATURE;
      return ours ? Optional.of(List.of(ed25519, mlDsa44)) : Optional.empty();
    } catch (IllegalArgumentException notKeys) {
      return Optional.empty();
    }
  }

  /// Whether both keys of an announcement signed that they are this generation of this log.
  static boolean isPossessed(String origin, OwnEntry said, List<VerifierKey> keys) {
    byte[] claim = claim(origin, said.number("/generation"), keys);
    return signed(keys.get(0), claim, said.text("/ed25519Possession"))
        && signed(keys.get(1), claim, said.text("/mlDsa44Possession"));
  }

  private static boolean signed(VerifierKey key, byte[] claim, Optional<String> signature) {
    try {
      byte[] bytes = Base64.getDecoder().decode(signature.orElse(""));
      return key.type().algorithm().verify(key.publicKey(), claim, bytes);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /// The label keeps this apart from everything else that a key of a log signs: a checkpoint has
  /// three lines, and no log is called like the label.
  private static byte[] claim(String origin, int generation, List<VerifierKey> keys) {
    String text =
        "indelible/key/v1\n%s\n%d\n%s\n%s\n"
            .formatted(origin, generation, keys.get(0).vkey(), keys.get(1).vkey());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
