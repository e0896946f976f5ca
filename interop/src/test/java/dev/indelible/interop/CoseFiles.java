package dev.indelible.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// COSE receipts of a log in files, as it serves them, for programs that read COSE:
/// `<index>-<n>.cose`, and the log's keys in `keys.cbor`.
final class CoseFiles {
  private CoseFiles() {}

  static void write(LiveLog log, Path folder) throws IOException {
    Files.write(folder.resolve("keys.cbor"), log.coseKeys());
    List<byte[]> entries = log.entries(log.head().size());
    for (int i = 0; i < entries.size(); i++) {
      Files.write(folder.resolve(i + ".entry"), entries.get(i));
      Files.write(folder.resolve(i + "-0.cose"), log.coseReceipt(i, "ed25519"));
      Files.write(folder.resolve(i + "-1.cose"), log.coseReceipt(i, "ml-dsa-44"));
    }
  }
}
