package dev.indelible.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One HTTP/1.1 connection that is kept and used for one request at a time. The load shares its two
/// cores with what it loads, so it may cost as little as a client can.
final class Wire implements Closeable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String authority;

  Wire(URI server) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    this.socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    this.out = socket.getOutputStream();
    this.authority = server.getAuthority();
  }

  /// An answer.
  ///
  /// @param status HTTP status
  /// @param body the whole body
  record Answer(int status, String body) {}

  /// @param headers more header lines, each ending in CR LF
  Answer post(String path, String headers, byte[] body) throws IOException {
    return send("POST", path, headers, body);
  }

  /// @param headers more header lines, each ending in CR LF
  Answer send(String method, String path, String headers, byte[] body) throws IOException {
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(method, path, authority, body.length, headers);
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    out.write(request);
    return read();
  }

  private Answer read() throws IOException {
    String statusLine = line();
    int length = -1;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:");
    }
    byte[] body = chunked ? chunks() : exactly(length);
    return new Answer(
        Integer.parseInt(statusLine.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
  }

  private byte[] exactly(int length) throws IOException {
    byte[] body = in.readNBytes(Math.max(0, length));
    if (body.length < length) {
      throw new EOFException("the answer ended early");
    }
    return body;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      body.writeBytes(exactly(length));
      var ignored = line();
    }
    var ignored = line();
    return body.toByteArray();
  }

  private int chunkLength() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
