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
      :root{color-scheme:light dark;--paper:#faf9f5;--card:#fffefb;--ink:#1d1c1a;--soft:#5b5850;--line:#d8d4c8;--accent:#1f4a73;
        --serif:"Iowan Old Style","Palatino Linotype",Palatino,"P052",Georgia,serif;
        --sans:system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;--mono:ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace}
      @media(prefers-color-scheme:dark){:root{--paper:#181715;--card:#211f1c;--ink:#ece8de;--soft:#aca699;--line:#454139;--accent:#9cc4ec}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--sans)}
      main{max-width:52rem;margin:0 auto;padding:clamp(1.5rem,6vw,4.5rem) 1.25rem 4rem}
      h1{font:400 clamp(1.9rem,6vw,2.7rem)/1.15 var(--serif);margin:0 0 .6rem}
      h2{font:400 1.35rem/1.3 var(--serif);margin:2.5rem 0 .5rem;overflow-wrap:anywhere}
      p{margin:.5rem 0}.lead{font-size:1.125rem;color:var(--soft);max-width:40rem}
      a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.2rem}
      pre{font:.875rem/1.6 var(--mono);background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;
        white-space:pre-wrap;overflow-wrap:anywhere}
      .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
      th{font-weight:600}th,td{text-align:left;padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--line)}
      td{font-variant-numeric:tabular-nums}
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
      <main>
      <h1>Indelible ledger</h1>
      <p class="lead">Append-only logs of insurance claims and clinical trials. The logs hold commitments, never
      personal data. <a href="/verify">Verify a document and its receipt</a> on your own machine.</p>
      %s
      </main>
      </body>
      </html>
      """;
  private static final String LOG =
      """
      <h2>%s</h2>
      <p>%s, sealed %s ago in block <a href="/v1/logs/%s/blocks/%d">%d</a>; cosigned by %s.</p>
      <pre>%s</pre>
      <div class="wide" role="region" aria-label="Latest blocks" tabindex="0">
      <table>
      <thead><tr><th scope="col">Block</th><th scope="col">Entries</th><th scope="col">Sealed</th><th scope="col">Witnesses</th></tr></thead>
      <tbody>
      %s</tbody>
      </table>
      </div>
      """;
  private static final String ROW =
      """
      <tr><td><a href="/v1/logs/%s/blocks/%d">%d</a></td><td>%s</td><td>%s</td><td>%s</td></tr>
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
        last.block().end() == 1 ? "1 entry" : last.block().end() + " entries",
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
        range(block.start(), block.end() - 1),
        block.sealedAt(),
        witnesses(newer, shown));
  }

  private static String range(long first, long last) {
    return first == last ? Long.toString(first) : first + " to " + last;
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
    if (age.toHours() > 0) {
      return age.toHours() + " h " + age.toMinutesPart() + " min";
    }
    return age.toMinutes() > 0
        ? age.toMinutes() + " min " + age.toSecondsPart() + " s"
        : age.toSeconds() + " s";
  }
}
