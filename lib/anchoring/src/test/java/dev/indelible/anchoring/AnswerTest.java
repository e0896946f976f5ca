package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
  private static final UUID RECORD = new UUID(1, 2);

  private static Answer answer(int status, String body) {
    return Answer.of(status, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsAnAcknowledgement() {
    String body =
        "{\"log\":\"claims\",\"index\":7,\"leafHash\":\"x\",\"block\":3,\"proof\":\"text\","
            + "\"matches\":[{\"name\":\"n\",\"index\":2,\"record\":\"urn:uuid:"
            + RECORD
            + "\"}],\"later\":1}";
    Answer expected = new Answer.Accepted(7, 3, "text", List.of(new Match("n", 2, RECORD)));
    assertEquals(expected, answer(201, body));
    assertEquals(expected, answer(200, body));
  }

  @Test
  void readsADuplicate() {
    String body =
        "{\"code\":\"duplicate-entry\",\"duplicateOf\":{\"index\":5,\"name\":\"exact\","
            + "\"receipt\":\"/v1\",\"record\":\"urn:uuid:"
            + RECORD
            + "\"}}";
    assertEquals(new Answer.Duplicate(new DuplicateOf(5, RECORD, "exact")), answer(409, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200|{}|Broken",
        "201|not json|Broken",
        "201|{\"index\":1,\"block\":1}|Broken",
        "201|{\"index\":\"1\",\"block\":1,\"proof\":\"p\"}|Broken",
        "201|{\"index\":1.5,\"block\":1,\"proof\":\"p\"}|Broken",
        "201|{\"index\":1,\"block\":1,\"proof\":\"p\",\"matches\":[1]}|Broken",
        "409|{\"duplicateOf\":{\"index\":1,\"name\":\"n\",\"record\":\"x\"}}|Broken",
        "409|{\"duplicateOf\":{\"index\":1,\"name\":\"n\",\"record\":\"urn:uuid:x\"}}|Broken",
        "409|{\"code\":\"other\"}|Unacceptable",
        "400|{\"code\":\"malformed-entry\"}|Unacceptable",
        "404|~~|Unacceptable",
        "413|<html>|Unacceptable",
        "401|{}|Unauthenticated",
        "403|{\"code\":\"unknown-issuer\"}|Forbidden",
        "408|{}|Later",
        "429|{}|Later",
        "500|{}|Later",
        "502|<html>|Later",
        "503|{\"code\":\"no-writer\"}|Later",
        "302|~~|Later"
      })
  void judgesEveryOtherAnswer(int status, String body, String kind) {
    assertEquals(kind, answer(status, body).getClass().getSimpleName());
  }
}
