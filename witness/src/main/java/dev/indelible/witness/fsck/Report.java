package dev.indelible.witness.fsck;

import dev.indelible.transparency.policy.Cosignature;
import dev.indelible.witness.command.Printable;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.SignedHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a check has found, for people.
///
/// @param url of the log
/// @param head what was checked, if the log showed a checkpoint that could be believed
/// @param tally what was found
record Report(String url, Optional<SignedHead> head, Tally tally) {
  private static final List<String> DOES_NOT_PROVE =
      List.of(
          "that what the entries say is true",
          "that others are shown the same log, unless witnesses cosigned (see: monitor)",
          "anything about entries that were not looked at");

  Verdict verdict() {
    return tally.verdict();
  }

  /// Verdict first, then what was found right, then what was not, then the limits.
  String text() {
    StringBuilder out = new StringBuilder();
    line(out, verdict().words() + "  " + summary());
    head.ifPresent(signed -> row(out, "checkpoint", checkpoint(signed)));
    tally.tiles().forEach((level, count) -> row(out, "tiles of level " + level, right(count)));
    row(out, "entries", right(tally.entries()));
    for (Finding finding : tally.findings()) {
      line(out, (finding.kind() == Finding.Kind.WRONG ? "  ✖ " : "  ? ") + finding);
    }
    if (tally.notKept() > 0) {
      line(out, "  … and " + tally.notKept() + " more");
    }
    line(out, "Does not prove " + String.join("; ", DOES_NOT_PROVE) + ".");
    return out.toString();
  }

  private String summary() {
    return head.map(SignedHead::origin).map(origin -> origin + " at " + url).orElse(url);
  }

  private static String checkpoint(SignedHead signed) {
    List<Cosignature> cosigned = signed.opened().cosignatures();
    String witnesses =
        cosigned.isEmpty()
            ? "no witness"
            : cosigned.stream()
                .map(line -> line.witness() + " " + line.time())
                .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%,d leaves, root %s; cosigned by %s",
        signed.head().size(),
        signed.head().root(),
        witnesses);
  }

  private static String right(long count) {
    return String.format(Locale.ROOT, "%,d right", count);
  }

  private static void row(StringBuilder out, String name, String text) {
    line(out, String.format("  %-17s %s", name, text));
  }

  private static void line(StringBuilder out, String text) {
    out.append(Printable.of(text)).append('\n');
  }
}
