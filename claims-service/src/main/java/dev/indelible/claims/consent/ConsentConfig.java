package dev.indelible.claims.consent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/// Whom patients can grant access to.
@ConfigMapping(prefix = "indelible.consent")
public interface ConsentConfig {
  /// Aliases of organisations. A closed list, since a grant to an alias that nobody has would wait
  /// for whoever takes that name. Those of the demonstration, unless said otherwise.
  @WithDefault("alder,birch")
  Set<String> recipients();
}
