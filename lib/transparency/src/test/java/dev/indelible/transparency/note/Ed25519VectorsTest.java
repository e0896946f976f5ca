package dev.indelible.transparency.note;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.transparency.Testdata;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.security.Security;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/// Wycheproof's Ed25519 signatures with the provider of a verifier and with that of a service: they
/// must not differ about a single one.
class Ed25519VectorsTest {
  @Test
  void platformProvider() {
    assertEquals(List.of(), disagreements());
  }

  @Test
  void bouncyCastle() {
    Security.addProvider(new BouncyCastleProvider());
    try {
      assertEquals(List.of(), disagreements());
    } finally {
      Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }
  }

  private static List<String> disagreements() {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Json group : Testdata.json("ed25519/ed25519_test.json").list("testGroups")) {
      JsonObject key = (JsonObject) ((JsonObject) group).members().get("publicKey");
      for (Json each : ((JsonObject) group).list("tests")) {
        JsonObject test = (JsonObject) each;
        boolean expected = test.findString("result").orElseThrow().equals("valid");
        boolean actual =
            KeyAlgorithm.ED25519.verify(hex(key, "pk"), hex(test, "msg"), hex(test, "sig"));
        count++;
        if (actual != expected) {
          String id = ((JsonNumber) test.members().get("tcId")).literal();
          wrong.add(id + " " + test.findString("comment").orElse("") + " -> " + actual);
        }
      }
    }
    assertEquals(151, count);
    return wrong;
  }

  private static byte[] hex(JsonObject object, String name) {
    return HexFormat.of().parseHex(object.findString(name).orElseThrow());
  }
}
