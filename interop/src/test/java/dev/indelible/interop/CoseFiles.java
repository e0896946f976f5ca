package dev.indelible.interop;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.CoseKey;
import dev.indelible.transparency.cose.CoseKeySet;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// COSE receipts of a log in files, for programs that read COSE: `<index>-<n>.cose`, and the log's
/// keys in `keys.cbor`. Served ones where the ledger serves them; else made as it would, with the
/// keys of the test's own installation.
final class CoseFiles {
  private CoseFiles() {}

  static void write(LiveLog log, Path logKeys, Path folder) throws IOException {
    List<VerifierKey> keys = log.keys().stream().map(VerifierKey::parse).toList();
    Files.write(
        folder.resolve("keys.cbor"),
        new CoseKeySet(keys.stream().map(CoseKey::of).toList()).bytes());
    List<byte[]> entries = log.entries(log.head().size());
    for (int i = 0; i < entries.size(); i++) {
      Files.write(folder.resolve(i + ".entry"), entries.get(i));
      int n = 0;
      for (byte[] receipt : receipts(log, i, keys, logKeys)) {
        Files.write(folder.resolve(i + "-" + n++ + ".cose"), receipt);
      }
    }
  }

  private static List<byte[]> receipts(
      LiveLog log, long index, List<VerifierKey> keys, Path logKeys) throws IOException {
    var served = log.coseReceipt(index);
    if (served.isPresent()) {
      return List.of(served.get());
    }
    LiveLog.Inclusion tlogProof = log.receipt(index);
    List<Hash> path = tlogProof.path().stream().map(Hash::of).toList();
    if (path.isEmpty()) {
      // The only leaf of a tree of one has no COSE receipt (RFC 9942 §5.2).
      return List.of();
    }
    InclusionProof proof = new InclusionProof(index, tlogProof.head().size(), path);
    Hash root = Hash.of(tlogProof.head().root());
    List<byte[]> receipts = new ArrayList<>();
    for (VerifierKey key : keys) {
      byte[] signature = key(log, key, logKeys).sign(CoseReceipt.toBeSigned(key, root));
      receipts.add(CoseReceipt.of(key, proof, signature).bytes());
    }
    return receipts;
  }

  private static PemKey key(LiveLog log, VerifierKey key, Path logKeys) throws IOException {
    String suffix =
        switch (key.type().algorithm()) {
          case ED25519 -> ".ed25519.pem";
          case ML_DSA_44 -> ".ml-dsa-44.pem";
        };
    String pem = Files.readString(logKeys.resolve(log.name() + suffix));
    return PemKey.parse(key.type().algorithm(), pem);
  }
}
