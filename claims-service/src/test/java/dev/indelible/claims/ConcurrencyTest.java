package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The database decides who was first.
@QuarkusTest
@ServiceUnderTest.Surroundings
class ConcurrencyTest {
  private static final int CALLERS = 64;

  @Test
  void acceptsOneOfManyIdenticalClaimsAndLinksTheOthersToIt() throws Exception {
    List<Response> answers = together(i -> post(Samples.claim("CLM-PAR-" + i, "M-PARALLEL"), null));
    List<Response> accepted = answers.stream().filter(a -> a.statusCode() == 202).toList();
    assertEquals(1, accepted.size());
    String winner = accepted.getFirst().path("id");
    answers.stream()
        .filter(answer -> answer.statusCode() != 202)
        .forEach(
            answer -> {
              assertEquals(409, answer.statusCode(), answer.asString());
              assertEquals("duplicate-claim", answer.path("code"));
              assertEquals(winner, answer.path("duplicateOf.id"));
              assertEquals("/v1/claims/" + winner, answer.path("duplicateOf.href"));
            });
    assertEquals(
        List.of("1"),
        Rows.strings(
            """
            select count(*) from claim
            where member_index = (select member_index from claim where id = '%s')"""
                .formatted(winner)));
  }

  @Test
  void answersEveryRepetitionOfOneRequestAlike() throws Exception {
    String body = Samples.claim("CLM-KEY", "M-KEY");
    List<Response> answers = together(i -> post(body, "key-parallel"));
    String first = answers.getFirst().asString();
    answers.forEach(
        answer -> {
          assertEquals(202, answer.statusCode(), answer.asString());
          assertEquals(first, answer.asString());
        });
    assertEquals(
        CALLERS - 1, answers.stream().filter(a -> a.header("Idempotent-Replayed") != null).count());
  }

  private interface Call {
    Response of(int caller);
  }

  private static List<Response> together(Call call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(CALLERS);
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Callable<Response>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        calls.add(
            () -> {
              start.await();
              return call.of(caller);
            });
      }
      List<Response> answers = new ArrayList<>();
      for (Future<Response> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static Response post(String body, String key) {
    var request = given().auth().oauth2(Tokens.alder()).contentType("application/json").body(body);
    return (key == null ? request : request.header("Idempotency-Key", key)).post("/v1/claims");
  }
}
