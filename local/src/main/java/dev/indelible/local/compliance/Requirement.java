package dev.indelible.local.compliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One requirement that applies to us, as `docs/compliance.csv` lists it.
///
/// @param standard `asvs-5.0`, `part11` or `hipaa`
/// @param number its number in the standard, as a tag can hold it: 164.312(a)(1) is `164.312.a.1`
/// @param meaning what it asks of us, in our words
public record Requirement(String standard, String number, String meaning) {
  /// Reads the list: one requirement a line, its tag, a comma and its meaning; `#` begins a remark.
  public static List<Requirement> list(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Requirement::parse)
        .toList();
  }

  private static Requirement parse(String line) {
    int slash = line.indexOf('/');
    int comma = line.indexOf(',');
    if (slash < 1 || comma < slash) {
      throw new IllegalArgumentException("not <standard>/<number>,<meaning>: " + line);
    }
    return new Requirement(
        line.substring(0, slash), line.substring(slash + 1, comma), line.substring(comma + 1));
  }

  /// What a test that shows it is tagged with.
  public String tag() {
    return standard + "/" + number;
  }
}
