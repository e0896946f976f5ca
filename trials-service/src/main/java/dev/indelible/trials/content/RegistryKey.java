package dev.indelible.trials.content;

import dev.indelible.trials.content.ProtocolContent.RegistryId;
import java.util.Optional;

/// A registry id in its one spelling: what makes two registrations the same trial.
///
/// @param system the registry
/// @param normalised the spelling
public record RegistryKey(RegistrySystem system, String normalised) {
  /// The key of an id; empty when the registry is unknown or the id is not one of its.
  public static Optional<RegistryKey> find(RegistryId id) {
    String system = id.system();
    String value = id.value();
    if (system == null || value == null || value.length() > 64) {
      return Optional.empty();
    }
    return RegistrySystem.find(system)
        .flatMap(known -> known.normalise(value).map(text -> new RegistryKey(known, text)));
  }
}
