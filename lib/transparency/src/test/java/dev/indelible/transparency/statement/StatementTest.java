package dev.indelible.transparency.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.Json.JsonNull;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.Json.Scalar;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
  private static final Opening OPENING = Opening.of(new byte[Opening.LENGTH]);

  private static Statement.Builder claim() {
    return Statement.builder()
        .put("/type", "claim.submitted/v1")
        .put("/amount", 64_000)
        .put("/currency", "EUR")
        .put("/urgent", false);
  }

  private static Hash root(Statement statement) {
    return OPENING.commit(statement).root();
  }

  private static Statement edited(UnaryOperator<Map<String, Scalar>> edit) {
    return new Statement(new TreeMap<>(edit.apply(new TreeMap<>(claim().build().fields()))));
  }

  record Case(String what, Statement statement) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> mustChange() {
    return Stream.of(
        set("another amount", "/amount", new JsonNumber("64001")),
        set("amount as text", "/amount", new JsonString("64000")),
        set("sign", "/amount", new JsonNumber("-64000")),
        set("null instead of a value", "/currency", new JsonNull()),
        set("null as text", "/currency", new JsonString("null")),
        set("truth value as text", "/urgent", new JsonString("false")),
        set("empty text", "/currency", new JsonString("")),
        set("case", "/currency", new JsonString("Eur")),
        set("trailing space", "/currency", new JsonString("EUR ")),
        set("another Unicode normal form", "/currency", new JsonString("E\u0301UR")),
        set("one more field", "/note", new JsonString("")),
        set("type", "/type", new JsonString("claim.submitted/v2")),
        new Case("one field fewer", edited(without("/urgent"))),
        new Case("a field under another pointer", edited(moved("/amount", "/amounts"))),
        new Case("values swapped", edited(swapped("/currency", "/type"))));
  }

  private static Case set(String what, String pointer, Scalar value) {
    return new Case(
        what,
        edited(
            fields -> {
              fields.put(pointer, value);
              return fields;
            }));
  }

  private static UnaryOperator<Map<String, Scalar>> without(String pointer) {
    return fields -> {
      fields.remove(pointer);
      return fields;
    };
  }

  private static UnaryOperator<Map<String, Scalar>> moved(String from, String to) {
    return fields -> {
      fields.put(to, fields.remove(from));
      return fields;
    };
  }

  private static UnaryOperator<Map<String, Scalar>> swapped(String one, String other) {
    return fields -> {
      Scalar first = fields.get(one);
      fields.put(one, fields.get(other));
      fields.put(other, first);
      return fields;
    };
  }

  @ParameterizedTest
  @MethodSource
  void mustChange(Case edited) {
    assertNotEquals(root(claim().build()), root(edited.statement()));
  }

  static Stream<Case> mustNotChange() {
    return Stream.of(
        new Case(
            "order of adding",
            Statement.builder()
                .put("/urgent", false)
                .put("/currency", "EUR")
                .put("/type", "claim.submitted/v1")
                .put("/amount", 64_000)
                .build()),
        new Case("absent text adds nothing", claim().put("/note", (String) null).build()),
        new Case("rebuilt from its fields", new Statement(claim().build().fields())));
  }

  @ParameterizedTest
  @MethodSource
  void mustNotChange(Case same) {
    assertEquals(root(claim().build()), root(same.statement()));
    assertEquals(claim().build(), same.statement());
  }

  @Test
  void everyBitOfTheSeedChangesEveryCommitment() {
    Commitments before = OPENING.commit(claim().build());
    for (int bit = 0; bit < Opening.LENGTH * 8; bit++) {
      byte[] seed = new byte[Opening.LENGTH];
      seed[bit / 8] ^= (byte) (1 << bit % 8);
      Commitments after = Opening.of(seed).commit(claim().build());
      before
          .byPointer()
          .forEach(
              (pointer, commitment) ->
                  assertNotEquals(commitment, after.byPointer().get(pointer), pointer));
    }
  }

  @Test
  void equalValuesUnderTwoPointersHaveUnrelatedCommitments() {
    Statement twins = Statement.builder().put("/a", "x").put("/b", "x").build();
    Commitments commitments = OPENING.commit(twins);
    assertNotEquals(commitments.byPointer().get("/a"), commitments.byPointer().get("/b"));
  }

  /// The framing: no byte moves between pointer and value.
  @Test
  void pointerAndValueCannotTradeBytes() {
    Salt salt = OPENING.salt("/a");
    assertNotEquals(salt.commit("/a1", new byte[] {'2'}), salt.commit("/a", new byte[] {'1', '2'}));
    String tooLong = "/" + "x".repeat(0xffff);
    assertThrows(IllegalArgumentException.class, () -> salt.commit(tooLong, new byte[0]));
  }

  /// Computed independently with Python's hmac and hashlib: label, salt, length, pointer, canonical
  /// value.
  @Test
  void goldenCommitment() {
    assertEquals(
        "peuQnx8A9QvEoz+bV2m+Js50gNA29488B2rlqeo7DJpbbBdNQhY9cvvOSOvV2T+DMUUoF6ytU5r3tk0zgKX6pw==",
        OPENING.salt("/amount").toBase64());
    assertEquals(
        "b39f65dcf4f418c1c0e624003686ef2c65042171e9a2e25e04bc1cd81868c45b",
        OPENING.commit("/amount", new JsonNumber("64000")).toHex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1.0", "1e3", "-0.0"})
  void numbersAreIntegers(String literal) {
    Statement.Builder builder = Statement.builder().put("/n", new JsonNumber(literal));
    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void refusesWhatIsNoStatement() {
    assertThrows(IllegalArgumentException.class, () -> Statement.builder().build());
    Statement.Builder twice = claim();
    assertThrows(IllegalArgumentException.class, () -> twice.put("/amount", 1));
    for (String pointer : new String[] {"", "amount", "/" + "x".repeat(1024)}) {
      Statement.Builder builder = Statement.builder().put(pointer, "x");
      assertThrows(IllegalArgumentException.class, builder::build, pointer);
    }
    Statement.Builder unsafe = Statement.builder();
    assertThrows(IllegalArgumentException.class, () -> unsafe.put("/n", 1L << 53));
    assertThrows(IllegalArgumentException.class, () -> Opening.of(new byte[63]));
  }

  @Test
  void canonicalTextIsRfc8785() {
    assertEquals(
        "{\"/amount\":64000,\"/currency\":\"EUR\",\"/type\":\"claim.submitted/v1\",\"/urgent\":false}",
        claim().build().canonicalText());
  }
}
