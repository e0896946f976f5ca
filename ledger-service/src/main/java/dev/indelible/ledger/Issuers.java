package dev.indelible.ledger;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys whose holders may sign entries for one log.
///
/// @param keys Ed25519 keys, each under the name of the client that holds it
public record Issuers(List<VerifierKey> keys) {
  public Issuers {
    keys = List.copyOf(keys);
  }

  /// Reads the lines `issuer <log> <vkey>` of `log`; blank lines and lines with `#` are comments.
  ///
  /// @throws IllegalArgumentException naming the line that is wrong
  static Issuers parse(String text, String log) {
    List<VerifierKey> keys = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.strip().split("[ \t]+");
        if (words.length != 3 || !words[0].equals("issuer")) {
          throw new IllegalArgumentException(
              "issuers line " + number + ": not issuer <log> <vkey>");
        }
        if (words[1].equals(log)) {
          keys.add(key(words[2], number));
        }
      }
    }
    return new Issuers(keys);
  }

  private static VerifierKey key(String vkey, int line) {
    VerifierKey key = VerifierKey.parse(vkey);
    if (key.type() != KeyType.ED25519) {
      throw new IllegalArgumentException("issuers line " + line + ": entries are Ed25519-signed");
    }
    return key;
  }

  /// Whether one of them signed the entry.
  public boolean signed(Entry entry) {
    return find(entry.kid()).filter(entry::isSignedBy).isPresent();
  }

  /// The key with this thumbprint (RFC 9679).
  public Optional<VerifierKey> find(Hash kid) {
    return keys.stream().filter(key -> key.thumbprint().equals(kid)).findFirst();
  }
}
