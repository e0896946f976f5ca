package dev.indelible.anchoring.encryption;

import dev.indelible.anchoring.Bytes;
import java.util.Optional;
import java.util.Set;

/// The keys that wrap data keys, wherever they are: the operations of a key management service,
/// which gives none of them away.
public interface KeyEncryption {
  /// Which key wraps.
  String current();

  /// Which others can still unwrap.
  Set<String> older();

  /// Wraps a data key under the current key, by authenticated encryption.
  ///
  /// @param context without which it cannot be unwrapped
  Bytes wrap(byte[] dataKey, byte[] context);

  /// The data key, unless it was wrapped under another key, in another context, or was changed.
  ///
  /// @param kek one of those above; of any other nothing opens
  Optional<byte[]> unwrap(String kek, Bytes wrapped, byte[] context);
}
