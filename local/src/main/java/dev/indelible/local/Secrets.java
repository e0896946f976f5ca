package dev.indelible.local;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/// Passwords of one installation: made when first asked for, kept in a file that only its owner may
/// read.
final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final Properties values = new Properties();

  Secrets(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        values.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  synchronized String of(String name) {
    String value = values.getProperty(name);
    if (value == null) {
      value = random();
      values.setProperty(name, value);
      store();
    }
    return value;
  }

  /// 192 random bits, safe in a URL, a file and a shell.
  static String random() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void store() {
    StringWriter text = new StringWriter();
    try {
      values.store(text, "Made by ./indelible up. Deleting it locks you out of your own data.");
      PrivateFile.replace(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
