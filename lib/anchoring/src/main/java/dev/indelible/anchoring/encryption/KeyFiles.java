package dev.indelible.anchoring.encryption;

import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.anchoring.Bytes;
import dev.indelible.transparency.Hash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import javax.crypto.SecretKey;

/// Key-encryption keys in files. Wraps by AES-256-GCM, which NIST SP 800-38F §3.1 approves for
/// that; key wrap proper (RFC 3394) has no room for the context that keeps a key in its row.
@ApplicationScoped
class KeyFiles implements KeyEncryption {
  private static final String LABEL = "indelible/kek/v1\n";

  private final SequencedMap<String, SecretKey> keys = new LinkedHashMap<>();

  @Inject
  KeyFiles(AnchoringConfig config) throws IOException {
    this(read(config));
  }

  /// @param keys the current one first
  KeyFiles(List<byte[]> keys) {
    keys.forEach(key -> this.keys.put(name(key), Gcm.key(key)));
  }

  private static List<byte[]> read(AnchoringConfig config) throws IOException {
    List<byte[]> keys = new ArrayList<>(List.of(read(config.kek())));
    for (Path older : config.olderKeks().orElse(List.of())) {
      keys.add(read(older));
    }
    return keys;
  }

  private static byte[] read(Path file) throws IOException {
    return Base64.getMimeDecoder().decode(Files.readAllBytes(file));
  }

  /// A name that follows from the key, so that nobody can give a key another's: 64 bits of a hash
  /// of 256 random bits, which tell nothing.
  private static String name(byte[] key) {
    byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
    byte[] message = java.util.Arrays.copyOf(label, label.length + key.length);
    System.arraycopy(key, 0, message, label.length, key.length);
    return Hash.sha256(message).toHex().substring(0, 16);
  }

  @Override
  public String current() {
    return keys.firstEntry().getKey();
  }

  @Override
  public Set<String> older() {
    Set<String> names = new LinkedHashSet<>(keys.keySet());
    names.remove(current());
    return names;
  }

  @Override
  public Bytes wrap(byte[] dataKey, byte[] context) {
    return Gcm.encrypt(keys.firstEntry().getValue(), context, dataKey);
  }

  @Override
  public Optional<byte[]> unwrap(String kek, Bytes wrapped, byte[] context) {
    return Optional.ofNullable(keys.get(kek)).flatMap(key -> Gcm.decrypt(key, context, wrapped));
  }
}
