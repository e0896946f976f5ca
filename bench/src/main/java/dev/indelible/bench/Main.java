package dev.indelible.bench;

import java.util.List;
import java.util.stream.Stream;

/// `./indelible bench [formats|fsck|ledger|growth|records [CLAIMS...]|trust]`: without a name, all
/// of them.
public final class Main {
  private Main() {}

  /// Runs the benchmark named, or all. `records` may be told how many claims there are at each
  /// audit.
  public static void main(String[] names) {
    String which = names.length == 0 ? "all" : names[0];
    switch (which) {
      case "formats" -> FormatsBench.run();
      case "fsck" -> FsckBench.run();
      case "ledger" -> LedgerBench.run();
      case "growth" -> GrowthBench.run();
      case "records" -> RecordsBench.run(Stream.of(names).skip(1).map(Integer::valueOf).toList());
      case "trust" -> TrustBench.run();
      case "all" -> {
        FormatsBench.run();
        FsckBench.run();
        LedgerBench.run();
        GrowthBench.run();
        RecordsBench.run(List.of());
        TrustBench.run();
      }
      default -> {
        System.err.println(
            "No benchmark "
                + which
                + ". There are: formats, fsck, ledger, growth, records, trust.");
        System.exit(2);
      }
    }
  }
}
