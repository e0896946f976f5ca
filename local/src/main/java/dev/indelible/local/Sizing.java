package dev.indelible.local;

import java.util.List;
import java.util.Map;

/// How much the processes of a stack may take. Nothing here touches what is durable.
public enum Sizing {
  /// Small and quickly up, beside everything else on a laptop: no optimising compiler.
  LAPTOP,
  /// As a server is run: the whole compiler, and a database that writes its pages out seldom.
  SERVER;

  /// Options for the JVM of a service.
  List<String> java() {
    return switch (this) {
      case LAPTOP -> List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");
      case SERVER -> List.of("-Xmx256m", "-Xmn128m");
    };
  }

  /// Settings of PostgreSQL.
  Map<String, String> postgres() {
    return switch (this) {
      case LAPTOP -> Map.of("shared_buffers", "64MB");
      case SERVER ->
          Map.of(
              "shared_buffers", "2GB",
              "wal_compression", "off",
              "wal_init_zero", "off",
              "max_wal_size", "16GB",
              "checkpoint_timeout", "15min");
    };
  }
}
