package dev.indelible.consent;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.CanonicalJson;
import java.util.Comparator;
import java.util.List;

/// Everything that a decision depends on but the rules. It names a person, so it is kept beside the
/// record and goes when that is erased; the decision names its hash.
///
/// @param atTime when the request was made
/// @param provisions in the order of their ids, whatever order they came in
public record Inputs(UtcMoment atTime, Request request, List<Provision> provisions) {
  /// Puts the provisions in order.
  ///
  /// @throws IllegalArgumentException when two have the same id
  public Inputs {
    provisions = provisions.stream().sorted(Comparator.comparing(Provision::id)).toList();
    if (provisions.stream().map(Provision::id).distinct().count() < provisions.size()) {
      throw new IllegalArgumentException("two provisions have the same id");
    }
  }

  /// The canonical document (RFC 8785).
  public String text() {
    return CanonicalJson.text(InputsJson.write(this));
  }

  /// SHA-256 of the canonical document.
  public Hash hash() {
    return Hash.sha256(CanonicalJson.bytes(InputsJson.write(this)));
  }
}
