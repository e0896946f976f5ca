package dev.indelible.trials.outcome;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Outcome text reduced to what it says: case, punctuation, entities, unit abbreviations and
/// spelled numbers are folded; signs that carry meaning (`<`, `≥`, `%`, a minus) stay.
final class OutcomeText {
  private static final Pattern TOKEN =
      Pattern.compile("(?<![\\p{L}\\p{N}])-\\d+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|\\p{L}+|[<>≤≥=%±+]");
  private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,6}|[a-z]{2,6});");
  private static final Map<String, String> ENTITIES =
      Map.of(
          "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ", "ge", "≥", "le",
          "≤");
  private static final Map<String, String> FOLDED =
      Map.ofEntries(
          Map.entry("seconds", "second"),
          Map.entry("sec", "second"),
          Map.entry("secs", "second"),
          Map.entry("minutes", "minute"),
          Map.entry("min", "minute"),
          Map.entry("mins", "minute"),
          Map.entry("hours", "hour"),
          Map.entry("hr", "hour"),
          Map.entry("hrs", "hour"),
          Map.entry("days", "day"),
          Map.entry("weeks", "week"),
          Map.entry("wk", "week"),
          Map.entry("wks", "week"),
          Map.entry("months", "month"),
          Map.entry("mo", "month"),
          Map.entry("mos", "month"),
          Map.entry("years", "year"),
          Map.entry("yr", "year"),
          Map.entry("yrs", "year"),
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"));

  private OutcomeText() {}

  /// The meaningful tokens in order.
  static List<String> tokens(@Nullable String text) {
    List<String> tokens = new ArrayList<>();
    if (text == null) {
      return tokens;
    }
    Matcher matcher = TOKEN.matcher(plain(text));
    while (matcher.find()) {
      tokens.add(FOLDED.getOrDefault(matcher.group(), matcher.group()));
    }
    return tokens;
  }

  private static String plain(String text) {
    String decoded = ENTITY.matcher(text).replaceAll(OutcomeText::entity);
    return Normalizer.normalize(decoded, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\u2010-\\u2015\\u2212]", "-");
  }

  private static String entity(java.util.regex.MatchResult match) {
    String name = match.group(1);
    if (!name.startsWith("#")) {
      return Matcher.quoteReplacement(ENTITIES.getOrDefault(name, " "));
    }
    int codePoint = Integer.parseInt(name.substring(1));
    return Matcher.quoteReplacement(Character.toString(codePoint));
  }

  /// Equal texts have equal normal forms.
  static String normal(@Nullable String text) {
    return String.join(" ", tokens(text));
  }

  /// Equal up to word order.
  static String orderFree(@Nullable String text) {
    return String.join(" ", tokens(text).stream().sorted().toList());
  }

  /// The set of meaningful tokens.
  static Set<String> tokenSet(@Nullable String text) {
    return Set.copyOf(tokens(text));
  }

  /// Shared tokens per thousand of all tokens: 1000 means the same set, 0 nothing in common.
  static int overlapPerMille(Set<String> a, Set<String> b) {
    int shared = 0;
    for (String token : a) {
      shared += b.contains(token) ? 1 : 0;
    }
    int all = a.size() + b.size() - shared;
    return all == 0 ? 1000 : 1000 * shared / all;
  }
}
