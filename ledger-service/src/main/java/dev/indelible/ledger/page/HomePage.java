package dev.indelible.ledger.page;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.LogReader;
import dev.indelible.ledger.proof.LogReader.Shown;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The front page: what each log says of itself at this moment.
@ApplicationScoped
class HomePage {
  private static final int RECENT = 10;
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
      h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}
      table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #ddd}
      td.n{font-variant-numeric:tabular-nums}code,pre{font-size:.85rem;overflow-wrap:anywhere}
      pre{background:#f5f5f5;padding:.75rem;overflow-x:auto;white-space:pre-wrap}
      @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}pre{background:#222}a{color:#8cf}th,td{border-color:#444}}
      """;
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Indelible ledger</title>
      <style>%s</style>
      </head>
      <body>
      <h1>Indelible ledger</h1>
      <p>Append-only logs of insurance claims and clinical trials. The logs hold commitments, never
      personal data. <a href="/verify">Verify a document and its receipt</a> on your own machine.</p>
      %s
      </body>
      </html>
      """;
  private static final String LOG =
      """
      <h2>%s</h2>
      <p>%d entries, sealed %s ago in block <a href="/v1/logs/%s/blocks/%d">%d</a>; cosigned by %s.</p>
      <pre>%s</pre>
      <table>
      <thead><tr><th>Block</th><th>Entries</th><th>Sealed</th><th>Witnesses</th></tr></thead>
      <tbody>
      %s</tbody>
      </table>
      """;
  private static final String ROW =
      """
      <tr><td class="n"><a href="/v1/logs/%s/blocks/%d">%d</a></td><td class="n">%d to %d</td><td class="n">%s</td><td>%s</td></tr>
      """;

  private final Logs logs;
  private final LogReader reader;
  private final Clock clock;

  HomePage(Logs logs, LogReader reader, Clock clock) {
    this.logs = logs;
    this.reader = reader;
    this.clock = clock;
  }

  /// The whole document.
  String html() {
    String sections = logs.all().stream().map(this::section).collect(Collectors.joining("\n"));
    return PAGE.formatted(STYLE, sections);
  }

  private String section(Log log) {
    return reader
        .last(log)
        .map(last -> section(log, last))
        .orElse("<h2>" + Html.escape(log.origin()) + "</h2>\n<p>Not started yet.</p>");
  }

  private String section(Log log, Shown last) {
    long number = last.block().number();
    List<Shown> recent = reader.blocks(log, number - RECENT, RECENT).reversed();
    return LOG.formatted(
        Html.escape(log.origin()),
        last.block().end(),
        age(last),
        log.name(),
        number,
        number,
        witnesses(List.of(), last),
        Html.escape(last.cosigned().substring(0, last.cosigned().indexOf("\n\n"))),
        rows(log, recent));
  }

  /// @param recent newest first
  private static String rows(Log log, List<Shown> recent) {
    return IntStream.range(0, recent.size())
        .mapToObj(i -> row(log, recent.subList(0, i), recent.get(i)))
        .collect(Collectors.joining());
  }

  private static String row(Log log, List<Shown> newer, Shown shown) {
    var block = shown.block();
    return ROW.formatted(
        log.name(),
        block.number(),
        block.number(),
        block.start(),
        block.end() - 1,
        block.sealedAt(),
        witnesses(newer, shown));
  }

  /// Witnesses that were not shown a block have seen its leaves with a newer one.
  private static String witnesses(List<Shown> newer, Shown shown) {
    return shown.witnesses().isEmpty()
        ? newer.reversed().stream()
            .filter(block -> !block.witnesses().isEmpty())
            .findFirst()
            .map(block -> "with block " + block.block().number())
            .orElse("nobody yet")
        : Html.escape(String.join(", ", shown.witnesses()));
  }

  private String age(Shown last) {
    Duration age = Duration.between(last.block().sealedAt(), clock.instant());
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }
    return age.toHours() > 0
        ? age.toHours() + " h " + age.toMinutesPart() + " min"
        : age.toMinutes() + " min " + age.toSecondsPart() + " s";
  }
}
