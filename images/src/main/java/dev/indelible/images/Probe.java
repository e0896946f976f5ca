package dev.indelible.images;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/// Asks a program in the same container whether it is ready, for engines whose health check is a
/// command: our images have no shell and no other program than Java.
public final class Probe {

  private static final int PATIENCE_MILLIS = 2000;

  private Probe() {}

  /// Ends with 0 when the address answers 200.
  public static void main(String[] args) {
    System.exit(answers(URI.create(args[0])) ? 0 : 1);
  }

  private static boolean answers(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }
}
