package dev.indelible.transparency.statement;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json.Scalar;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The randomness behind a statement's commitments. Whoever destroys it makes the entry
/// meaningless; whoever holds it can disclose single fields.
public final class Opening {
  /// Length of a seed and of a salt in bytes. 256 bits more than the hash, which makes commitments
  /// statistically hiding.
  public static final int LENGTH = 64;

  private static final byte[] LABEL = "indelible/salt/v1\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] seed;

  private Opening(byte[] seed) {
    if (seed.length != LENGTH) {
      throw new IllegalArgumentException("a seed has " + LENGTH + " bytes, not " + seed.length);
    }
    this.seed = seed.clone();
  }

  /// A new opening.
  public static Opening random(SecureRandom random) {
    byte[] seed = new byte[LENGTH];
    random.nextBytes(seed);
    return new Opening(seed);
  }

  /// The opening with this seed.
  public static Opening of(byte[] seed) {
    return new Opening(seed);
  }

  /// A copy of the seed, for storing beside the record.
  public byte[] seed() {
    return seed.clone();
  }

  /// `HMAC-SHA-512(seed, "indelible/salt/v1" ‖ 0x0A ‖ pointer)`.
  public Salt salt(String pointer) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(seed, "HmacSHA512"));
      mac.update(LABEL);
      return new Salt(mac.doFinal(pointer.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA512", e);
    }
  }

  /// Commits to every field of a statement.
  public Commitments commit(Statement statement) {
    SequencedMap<String, Hash> byPointer = new LinkedHashMap<>();
    statement.fields().forEach((pointer, value) -> byPointer.put(pointer, commit(pointer, value)));
    return new Commitments(byPointer);
  }

  /// Commits to one field.
  public Hash commit(String pointer, Scalar value) {
    return salt(pointer).commit(pointer, CanonicalJson.bytes(value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Opening that && Arrays.equals(seed, that.seed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(seed);
  }
}
