package dev.indelible.transparency.cose;

import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An entry that carries its receipts, in one file (RFC 9943: a transparent statement). The
/// receipts are under label 394 of the unprotected header, which is empty in the leaf (§6.3).
///
/// @param entry the leaf
/// @param receipts at least one
public record TransparentStatement(Entry entry, List<CoseReceipt> receipts) {
  public TransparentStatement {
    receipts = List.copyOf(receipts);
    if (receipts.isEmpty()) {
      throw new IllegalArgumentException("a transparent statement has at least one receipt");
    }
  }

  /// Reads the bytes in their one encoding.
  ///
  /// @throws IllegalArgumentException when they are anything else
  public static TransparentStatement parse(byte[] bytes) {
    CoseSign1 sign1 = CoseSign1.parse(bytes);
    if (sign1.unprotectedHeader.get(Label.RECEIPTS) instanceof List<?> receipts) {
      TransparentStatement statement =
          new TransparentStatement(
              Entry.parse(with(sign1, Map.of())),
              receipts.stream().map(TransparentStatement::receipt).toList());
      if (Arrays.equals(statement.bytes(), bytes)) {
        return statement;
      }
    }
    throw new IllegalArgumentException("not a transparent statement in its one encoding");
  }

  private static CoseReceipt receipt(Object item) {
    if (item instanceof byte[] bytes) {
      return CoseReceipt.parse(bytes);
    }
    throw new IllegalArgumentException("a receipt is a byte string");
  }

  /// The bytes, media type `application/scitt-statement+cose` (RFC 9943).
  public byte[] bytes() {
    List<byte[]> attached = receipts.stream().map(CoseReceipt::bytes).toList();
    return with(CoseSign1.parse(entry.bytes()), Map.of(Label.RECEIPTS, attached));
  }

  private static byte[] with(CoseSign1 sign1, Map<Long, Object> unprotected) {
    return new CoseSign1(sign1.protectedHeader, unprotected, sign1.payload, sign1.signature)
        .encode();
  }

  /// Checks that a log of the policy has the entry. For every key type that the policy lists for
  /// the log, one receipt has to hold, as [TrustPolicy#open] asks of checkpoints; receipts under
  /// keys that the policy does not know are ignored, and one under a known key that does not hold
  /// refuses all. Witnesses have no part in this, so the level is `included`.
  ///
  /// @return the origin of the log
  /// @throws VerificationException when the log is unknown, or a receipt is missing or does not
  ///   hold
  public String verify(TrustPolicy policy) throws VerificationException {
    List<String> known = new ArrayList<>();
    List<String> complete = new ArrayList<>();
    for (String origin : receipts.stream().map(CoseReceipt::origin).distinct().toList()) {
      List<VerifierKey> keys = policy.logKeys(origin);
      if (!keys.isEmpty()) {
        known.add(origin);
        if (missing(keys).isEmpty()) {
          complete.add(origin);
        }
      }
    }
    if (known.isEmpty()) {
      throw new VerificationException(Reason.UNKNOWN_LOG, "no receipt is of a log of the policy");
    }
    if (complete.isEmpty()) {
      throw new VerificationException(
          Reason.UNSIGNED, "a receipt by a key of " + known + " is missing");
    }
    return complete.getFirst();
  }

  /// The types of these keys under which no receipt holds.
  private Set<KeyType> missing(List<VerifierKey> keys) throws VerificationException {
    Set<KeyType> missing = EnumSet.noneOf(KeyType.class);
    keys.forEach(key -> missing.add(key.type()));
    for (VerifierKey key : keys) {
      if (holds(key)) {
        missing.remove(key.type());
      }
    }
    return missing;
  }

  private boolean holds(VerifierKey key) throws VerificationException {
    List<CoseReceipt> claimed = receipts.stream().filter(r -> r.claims(key)).toList();
    for (CoseReceipt receipt : claimed) {
      if (!receipt.includes(entry.leafHash(), key)) {
        throw new VerificationException(
            Reason.NOT_INCLUDED,
            "the receipt of " + key.name() + " does not hold for leaf " + entry.leafHash());
      }
    }
    return !claimed.isEmpty();
  }
}
