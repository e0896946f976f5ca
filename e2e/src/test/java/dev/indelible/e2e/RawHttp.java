package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.indelible.local.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.regex.Pattern;

/// What a service says to bytes that no HTTP client would send.
///
/// @param text everything that came back
/// @param closed whether the service then ended the connection
record RawHttp(String text, boolean closed) {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

  /// Until an answer begins, which is no measure of speed.
  private static final int PATIENCE_MILLIS = 120_000;

  /// After which a connection that has answered counts as open.
  private static final int SILENCE_MILLIS = 5_000;

  /// Sends the text as it stands and listens until the service closes, or falls silent.
  static RawHttp send(Service service, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.node().port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(ISO_8859_1));
      out.flush();
      return read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawHttp read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean closed = false;
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        socket.setSoTimeout(SILENCE_MILLIS);
        received.write(next);
      }
      closed = true;
    } catch (SocketTimeoutException silent) {
      // The connection is still open.
    } catch (SocketException reset) {
      closed = true;
    }
    return new RawHttp(received.toString(ISO_8859_1), closed);
  }

  /// The status of the first answer; 0 without one.
  int status() {
    var line = STATUS_LINE.matcher(text);
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  /// A header of the first answer; empty without it.
  String header(String name) {
    var line = Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*?)\\r?$").matcher(text);
    return line.find() ? line.group(1) : "";
  }

  /// How many requests the service believes to have seen.
  long answers() {
    return STATUS_LINE.matcher(text).results().count();
  }

  /// What follows the first answer's header.
  String body() {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? "" : text.substring(end + 4);
  }
}
