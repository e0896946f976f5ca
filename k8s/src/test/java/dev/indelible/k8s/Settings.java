package dev.indelible.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The environment variables that the programs read, found in their sources.
final class Settings {

  private static final Pattern PREFIX =
      Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
  private static final Pattern METHOD =
      Pattern.compile("(@WithDefault\\([^\n]*\\)\\s+|Optional<)?[A-Za-z<>.]+ ([a-zA-Z]+)\\(\\);");

  /// As in `@Scheduled(every = "${indelible.ledger.audit-every:10m}")`.
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$\\{(indelible\\.[a-z.-]+)(:[^}]*)?}");

  /// As in `@ConfigProperty(name = "indelible.public-url")`: optional, or with a default beside it.
  private static final Pattern PROPERTY =
      Pattern.compile("@ConfigProperty\\(name = \"(indelible\\.[a-z.-]+)\"\\)");

  private static final Pattern PASSED = Pattern.compile("\"((?:QUARKUS|INDELIBLE)_[A-Z_]+)\"");

  private Settings() {}

  /// Our own settings: environment variable to whether it must be set.
  static Map<String, Boolean> declared(String source) throws IOException {
    Map<String, Boolean> settings = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Repository.path(source))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        read(Files.readString(file), settings);
      }
    }
    return settings;
  }

  private static void read(String source, Map<String, Boolean> settings) {
    Matcher expression = EXPRESSION.matcher(source);
    while (expression.find()) {
      settings.put(variable(expression.group(1)), expression.group(2) == null);
    }
    Matcher property = PROPERTY.matcher(source);
    while (property.find()) {
      settings.put(variable(property.group(1)), false);
    }
    Matcher prefix = PREFIX.matcher(source);
    if (!prefix.find()) {
      return;
    }
    Matcher method = METHOD.matcher(source.substring(prefix.end()));
    while (method.find()) {
      String kebab = method.group(2).replaceAll("([A-Z])", "-$1");
      settings.put(variable(prefix.group(1) + "." + kebab), method.group(1) == null);
    }
  }

  /// MicroProfile Config: what is not a letter or digit becomes an underscore, all upper case.
  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /// What the launcher of the local stack sets; it runs in every integration test.
  static Set<String> passedLocally() {
    Set<String> names = new TreeSet<>();
    String launcher = "local/src/main/java/dev/indelible/local/ServiceLaunches.java";
    Matcher matcher = PASSED.matcher(Repository.text(launcher));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
