package dev.indelible.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.transparency.canonical.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Generates the vectors of `testdata/own/verify` and compares them with the files. Everything is
/// seeded, so a difference is a change of format. To write them anew after a change that was meant:
/// `-Dindelible.vectors.write=true`.
class OwnVectorsTest {
  @Test
  void filesAreWhatTheGeneratorMakes() throws IOException {
    boolean write = Boolean.getBoolean("indelible.vectors.write");
    Set<String> names = new TreeSet<>();
    Case valid = Cases.all().getFirst();
    for (Case each : Cases.all()) {
      Path file = Testdata.VECTORS.resolve(each.name() + ".json");
      String text = CanonicalJson.text(each.toJson(valid)) + "\n";
      names.add(file.getFileName().toString());
      if (write) {
        Files.createDirectories(Testdata.VECTORS);
        Files.writeString(file, text);
      }
      assertEquals(text, Files.readString(file), each.name());
    }
    try (Stream<Path> files = Files.list(Testdata.VECTORS)) {
      Set<String> present =
          files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
      assertEquals(names, present);
    }
  }
}
