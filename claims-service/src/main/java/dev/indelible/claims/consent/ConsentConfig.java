package dev.indelible.claims.consent;

import io.smallrye.config.ConfigMapping;
import java.util.Set;

/// Whom patients can grant access to.
@ConfigMapping(prefix = "indelible.consent")
public interface ConsentConfig {
  /// Aliases of organisations. A closed list, since a grant to an alias that nobody has would wait
  /// for whoever takes that name.
  Set<String> recipients();
}
