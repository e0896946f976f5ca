package dev.indelible.verifier;

import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Disclosure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the verifier was given, each part read or with the reason why not.
///
/// @param document the disclosure
/// @param proof the receipt
/// @param policy whom the person who verifies believes
/// @param issuer the issuer's key, if that person holds it
record Evidence(
    Part<Disclosure> document,
    Part<TlogProof> proof,
    Part<TrustPolicy> policy,
    Optional<VerifierKey> issuer) {

  /// One file's content.
  sealed interface Part<T> {
    /// Read.
    record Read<T>(T value) implements Part<T> {}

    /// Not readable.
    record Broken<T>(String why) implements Part<T> {}

    /// The content, if it could be read.
    default Optional<T> find() {
      return this instanceof Read<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// Why not, or nothing.
    default String why() {
      return this instanceof Broken<T>(String why) ? why : "";
    }
  }

  /// Reads the three files' bytes.
  static Evidence read(byte[] document, byte[] proof, byte[] policy, Optional<VerifierKey> issuer) {
    return new Evidence(
        part(() -> Disclosure.parse(document)),
        part(() -> TlogProof.parse(text(proof))),
        part(() -> TrustPolicy.parse(text(policy))),
        issuer);
  }

  private interface Parser<T> {
    T parse() throws VerificationException;
  }

  private static <T> Part<T> part(Parser<T> parser) {
    try {
      return new Part.Read<>(parser.parse());
    } catch (VerificationException | IllegalArgumentException e) {
      return new Part.Broken<>(String.valueOf(e.getMessage()));
    }
  }

  /// The text of a file that may have travelled: Windows line ends and a missing or repeated last
  /// line feed are the carrier's, not the sender's. The formats themselves stay strict.
  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.replace("\r\n", "\n").replaceFirst("\n*\\z", "\n");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8 text", e);
    }
  }
}
