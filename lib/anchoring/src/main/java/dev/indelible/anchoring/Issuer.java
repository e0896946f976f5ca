package dev.indelible.anchoring;

import dev.indelible.kit.signature.FastSignatures;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.Signer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;

/// This service in its role as the signer of entries.
@ApplicationScoped
public class Issuer {
  private static final String SUBJECT = "urn:uuid:";

  private final Signer signer;

  @Inject
  Issuer(AnchoringConfig config) throws IOException {
    this(signer(config));
  }

  Issuer(Signer signer) {
    this.signer = signer;
  }

  private static Signer signer(AnchoringConfig config) throws IOException {
    // Signs and verifies Ed25519 some twenty times faster than the JDK; KeyAlgorithm looks for it.
    FastSignatures.register();
    return PemKey.parse(KeyAlgorithm.ED25519, Files.readString(config.issuerKey()));
  }

  /// The `iss` of an organisation's entries.
  public static String issuerOf(String organisation) {
    return "urn:indelible:org:" + organisation;
  }

  /// The `sub` of a record's entries.
  public static String subjectOf(UUID record) {
    return SUBJECT + record;
  }

  /// The record that such a `sub` names, if it names one.
  static Optional<UUID> recordOf(String subject) {
    try {
      return subject.startsWith(SUBJECT)
          ? Optional.of(UUID.fromString(subject.substring(SUBJECT.length())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Entry sign(AnchorRequest request, Hash statementRoot) {
    return Entry.sign(
        issuerOf(request.organisation()), subjectOf(request.record()), statementRoot, signer);
  }

  /// Whether this service signed the entry.
  public boolean signed(Entry entry) {
    return entry.isSignedBy(signer.publicKey());
  }

  byte[] sign(byte[] message) {
    return signer.sign(message);
  }

  boolean signed(byte[] message, byte[] signature) {
    return KeyAlgorithm.ED25519.verify(signer.publicKey(), message, signature);
  }
}
