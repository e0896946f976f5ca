package dev.indelible.ledger.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into a table by `COPY … FROM STDIN BINARY`, the cheapest way there by a factor
/// of two (PostgreSQL documentation, "COPY", section "Binary Format"). The server works on the
/// first rows while the next ones are written down.
final class CopyRows implements AutoCloseable {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int CHUNK = 32 * 1024;

  private final CopyIn copy;
  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

  /// @param target table and columns, such as `entry (log, idx)`
  CopyRows(Connection connection, String target) throws SQLException {
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + target + " FROM STDIN (FORMAT binary)");
    buffer.put(SIGNATURE);
    buffer.putInt(0); // no flags
    buffer.putInt(0); // no header extension
  }

  /// Begins a row of so many columns.
  CopyRows row(int columns) throws SQLException {
    room(Short.BYTES).putShort((short) columns);
    return this;
  }

  CopyRows text(String value) throws SQLException {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  CopyRows bytes(byte[] value) throws SQLException {
    room(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  CopyRows bigint(long value) throws SQLException {
    room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    return this;
  }

  CopyRows integer(int value) throws SQLException {
    room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
    return this;
  }

  CopyRows uuid(UUID value) throws SQLException {
    room(Integer.BYTES + 2 * Long.BYTES)
        .putInt(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits());
    return this;
  }

  private ByteBuffer room(int bytes) throws SQLException {
    if (buffer.remaining() < bytes) {
      var ignored = send();
    }
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocate(bytes);
    }
    return buffer;
  }

  /// Sends what has been written down so far.
  CopyRows send() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
    return this;
  }

  /// Says that these were all rows; they are in the table when this returns.
  void end() throws SQLException {
    room(Short.BYTES).putShort((short) -1); // file trailer
    var ignored = send();
    copy.endCopy();
  }

  /// Takes the rows back, unless they were ended.
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
