package dev.indelible.local.signin;

import dev.indelible.local.LocalException;
import dev.indelible.local.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// A passkey in a file that only its owner may read.
record PasskeyFile(Path file) implements SoftwareAuthenticator {
  @Override
  public Optional<Passkey> passkey() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties kept = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      kept.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(
        new Passkey(part(kept, "id"), part(kept, "privateKey"), part(kept, "userHandle")));
  }

  private String part(Properties kept, String name) {
    return Optional.ofNullable(kept.getProperty(name))
        .orElseThrow(() -> new LocalException(file + " has no " + name, "delete the file"));
  }

  @Override
  public void keep(Passkey passkey) {
    Properties parts = new Properties();
    parts.setProperty("id", passkey.id());
    parts.setProperty("privateKey", passkey.privateKey());
    parts.setProperty("userHandle", passkey.userHandle());
    StringWriter text = new StringWriter();
    try {
      parts.store(text, "Whoever has this signs in as a demo user of this machine.");
      PrivateFile.replace(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
