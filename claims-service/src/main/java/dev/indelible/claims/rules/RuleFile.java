package dev.indelible.claims.rules;

import dev.indelible.transparency.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// A rule file, as it lies in the service.
public final class RuleFile {
  private final byte[] bytes;

  private RuleFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Reads a file of the service.
  public static RuleFile of(String resource) {
    try (InputStream in =
        Objects.requireNonNull(RuleFile.class.getResourceAsStream(resource), resource)) {
      return new RuleFile(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource, e);
    }
  }

  /// Its bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Its digest, by which decisions name it.
  public String sha256() {
    return Hash.sha256(bytes).toHex();
  }
}
