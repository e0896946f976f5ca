package dev.indelible.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// One statement on its way to a leaf, every intermediate value written down.
class StatementVectorTest {
  @Test
  void everyStepIsWhatTheFileSays() throws IOException {
    Path file = Testdata.ROOT.resolve("testdata/own/statement/claim.json");
    String text = CanonicalJson.text(vector()) + "\n";
    if (Boolean.getBoolean("indelible.vectors.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertEquals(text, Files.readString(file));
  }

  private static Json vector() {
    Map<String, Json> salts = new LinkedHashMap<>();
    Map<String, Json> commitments = new LinkedHashMap<>();
    World.OPENING
        .commit(World.STATEMENT)
        .byPointer()
        .forEach(
            (pointer, commitment) -> {
              salts.put(pointer, Json.string(World.OPENING.salt(pointer).toBase64()));
              commitments.put(pointer, Json.string(commitment.toHex()));
            });
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("seedHex", hex(World.OPENING.seed()));
    members.put("statement", new JsonObject(Map.copyOf(World.STATEMENT.fields())));
    members.put("canonical", Json.string(World.STATEMENT.canonicalText()));
    members.put("saltsBase64", new JsonObject(salts));
    members.put("commitmentsHex", new JsonObject(commitments));
    members.put("statementRootHex", Json.string(World.ENTRY.statementRoot().toHex()));
    members.put("issuerPublicKeyHex", hex(World.ISSUER.key().publicKey()));
    members.put("entryHex", hex(World.ENTRY.bytes()));
    members.put("leafHashHex", Json.string(World.ENTRY.leafHash().toHex()));
    return new JsonObject(members);
  }

  private static Json hex(byte[] bytes) {
    return Json.string(HexFormat.of().formatHex(bytes));
  }
}
