package dev.indelible.ledger.log;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows for `COPY … FROM STDIN BINARY`, the cheapest way into a table by a factor of two
/// (PostgreSQL documentation, "COPY", section "Binary Format").
final class CopyRows {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
  private final DataOutputStream out = new DataOutputStream(bytes);

  CopyRows() {
    write(
        () -> {
          out.write(SIGNATURE);
          out.writeInt(0); // no flags
          out.writeInt(0); // no header extension
        });
  }

  private interface Write {
    void run() throws IOException;
  }

  private static void write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
  }

  /// Begins a row of so many columns.
  CopyRows row(int columns) {
    write(() -> out.writeShort(columns));
    return this;
  }

  CopyRows text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  CopyRows bytes(byte[] value) {
    write(
        () -> {
          out.writeInt(value.length);
          out.write(value);
        });
    return this;
  }

  CopyRows bigint(long value) {
    write(
        () -> {
          out.writeInt(Long.BYTES);
          out.writeLong(value);
        });
    return this;
  }

  CopyRows integer(int value) {
    write(
        () -> {
          out.writeInt(Integer.BYTES);
          out.writeInt(value);
        });
    return this;
  }

  CopyRows uuid(UUID value) {
    write(
        () -> {
          out.writeInt(2 * Long.BYTES);
          out.writeLong(value.getMostSignificantBits());
          out.writeLong(value.getLeastSignificantBits());
        });
    return this;
  }

  /// Sends all rows.
  ///
  /// @param target table and columns, such as `entry (log, idx)`
  void into(Connection connection, String target) throws SQLException {
    write(() -> out.writeShort(-1)); // file trailer
    byte[] all = bytes.toByteArray();
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + target + " FROM STDIN (FORMAT binary)");
    try {
      copy.writeToCopy(all, 0, all.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
