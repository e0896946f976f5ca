package dev.indelible.bench;

/// `./indelible bench [formats|fsck|ledger|growth|records|trust]`: without a name, all of them.
public final class Main {
  private Main() {}

  /// Runs the benchmarks named, or all.
  public static void main(String[] names) {
    String which = names.length == 0 ? "all" : names[0];
    switch (which) {
      case "formats" -> FormatsBench.run();
      case "fsck" -> FsckBench.run();
      case "ledger" -> LedgerBench.run();
      case "growth" -> GrowthBench.run();
      case "records" -> RecordsBench.run();
      case "trust" -> TrustBench.run();
      case "all" -> {
        FormatsBench.run();
        FsckBench.run();
        LedgerBench.run();
        GrowthBench.run();
        RecordsBench.run();
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
