package dev.indelible.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The versions of the programs we did not write, as the build pinned them.
public record Versions(String postgres, String keycloak) {

  /// Read from the resource that the build fills in.
  public static Versions pinned() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(properties.getProperty("postgres"), properties.getProperty("keycloak"));
  }
}
