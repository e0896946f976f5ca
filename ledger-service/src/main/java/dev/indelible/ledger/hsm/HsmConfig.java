package dev.indelible.ledger.hsm;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where the keys in hardware are. Only needed when a key is there.
@ConfigMapping(prefix = "indelible.ledger.hsm")
public interface HsmConfig {
  /// The PKCS#11 library of the device.
  Optional<Path> library();

  /// Label of the token.
  Optional<String> token();

  /// File with the user's PIN, alone on its first line.
  Optional<Path> pin();
}
