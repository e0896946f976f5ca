package dev.indelible.kit.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// The only place that asks the machine what time it is. A test that needs another time produces
/// its own [Clock].
@Singleton
class SystemClock {
  @Produces
  @Singleton
  @DefaultBean
  static Clock utc() {
    return Clock.systemUTC();
  }
}
