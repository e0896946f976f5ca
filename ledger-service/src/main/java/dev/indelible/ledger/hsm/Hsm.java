package dev.indelible.ledger.hsm;

import dev.indelible.transparency.note.Signer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The hardware that holds keys, if this deployment has one.
@ApplicationScoped
public class Hsm {
  private static final Logger LOG = Logger.getLogger(Hsm.class);

  private final HsmConfig config;
  private @Nullable Cryptoki library;
  private byte @Nullable [] refusedPin;

  /// Nothing is touched before a key is asked for.
  public Hsm(HsmConfig config) {
    this.config = config;
  }

  /// The Ed25519 key of this label.
  ///
  /// @throws IllegalArgumentException when it is not there, or the device is not configured
  public Signer ed25519(String label) {
    try {
      return HsmKey.find(this::open, label);
    } catch (CryptokiException e) {
      throw new IllegalArgumentException("the key " + label + " in hardware", e);
    }
  }

  /// A PIN that was refused is not tried again: after a few wrong ones a device locks itself, and
  /// whoever waits for a signature asks often.
  private synchronized TokenSession open() throws CryptokiException {
    Cryptoki loaded =
        library == null ? Cryptoki.load(require("library", config.library())) : library;
    library = loaded;
    String token = require("token", config.token());
    byte[] pin = pin(require("pin", config.pin()));
    if (Arrays.equals(pin, refusedPin)) {
      throw new CryptokiException("the token refused this PIN before");
    }
    try {
      return TokenSession.open(loaded, token, pin);
    } catch (CryptokiException e) {
      refusedPin = e.is(CryptokiException.PIN_INCORRECT) ? pin : refusedPin;
      throw e;
    }
  }

  private static <T> T require(String name, Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("indelible.ledger.hsm." + name + " is not set"));
  }

  private static byte[] pin(Path file) throws CryptokiException {
    try {
      String first = Files.readString(file).lines().findFirst().orElse("");
      return first.getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CryptokiException("the PIN cannot be read: " + e);
    }
  }

  /// Logs out, and leaves the library as if this process had never used it.
  @PreDestroy
  synchronized void close() {
    try {
      if (library != null) {
        library.call(Cryptoki.FINALIZE, MemorySegment.NULL);
      }
    } catch (CryptokiException e) {
      LOG.debug("the library was not in use", e);
    }
  }
}
