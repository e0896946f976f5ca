package dev.indelible.witness.monitor;

import dev.indelible.witness.tiles.LogClient;
import java.io.IOException;

/// Somewhere a checkpoint of the log can be had.
sealed interface Place {
  /// For people, and for evidence.
  String name();

  /// The signed note that is shown there at this moment.
  ///
  /// @param originHash SHA-256 of the log's origin, in hexadecimal
  String checkpoint(String originHash) throws IOException, InterruptedException;

  /// The log itself or a mirror of it: serves tiles, too.
  record Tiles(LogClient log) implements Place {
    @Override
    public String name() {
      return log.url();
    }

    @Override
    public String checkpoint(String originHash) throws IOException, InterruptedException {
      return log.checkpoint();
    }
  }

  /// A witness, by its monitoring prefix. SPEC: "GET <monitoring prefix>/<origin hash>/checkpoint".
  record Witness(LogClient prefix) implements Place {
    @Override
    public String name() {
      return prefix.url();
    }

    @Override
    public String checkpoint(String originHash) throws IOException, InterruptedException {
      return prefix.text(originHash + "/checkpoint");
    }
  }

  /// What this monitor saw in an earlier round.
  ///
  /// @param name where it is kept
  /// @param note the signed note
  record Memory(String name, String note) implements Place {
    @Override
    public String checkpoint(String originHash) {
      return note;
    }
  }
}
