package dev.indelible.trials.protocol;

import dev.indelible.kit.identity.Caller;
import dev.indelible.trials.content.ProtocolContent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;

/// Registers a trial: its first protocol version.
@ApplicationScoped
public class RegisterProtocol {
  private final StoreVersion storeVersion;

  @Inject
  RegisterProtocol(StoreVersion storeVersion) {
    this.storeVersion = storeVersion;
  }

  /// Registers content that the rules have passed.
  ///
  /// @return the protocol's id
  @Transactional
  public UUID register(ProtocolContent content, String source, Caller caller) {
    return storeVersion.store(new NewVersion(caller, source, content, null, null));
  }
}
