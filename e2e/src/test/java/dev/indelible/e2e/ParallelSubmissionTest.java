package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sixty-four callers send one claim to two claims processes in front of two ledger processes.
@Tag("asvs-5.0/2.3.4")
@Tag("asvs-5.0/15.4.2")
class ParallelSubmissionTest {
  private static final int CALLERS = 64;

  private final Api api = new Api(SharedStack.get());

  @Test
  void oneIsAcceptedAndAllOthersAreLinkedToIt() throws Exception {
    String member = Samples.fresh("TEST");
    List<Response> answers = submitAtOnce(member);

    List<Response> accepted = answers.stream().filter(a -> a.statusCode() == 202).toList();
    assertEquals(1, accepted.size(), () -> statuses(answers));
    String id = accepted.getFirst().jsonPath().getString("id");
    List<String> originals =
        answers.stream()
            .filter(answer -> answer.statusCode() == 409)
            .map(answer -> answer.jsonPath().getString("duplicateOf.id"))
            .toList();
    assertEquals(
        java.util.Collections.nCopies(CALLERS - 1, id), originals, () -> statuses(answers));
    api.awaitAnchor("alder", id, "WITNESSED");
    api.requireSound();
  }

  private List<Response> submitAtOnce(String member)
      throws InterruptedException, ExecutionException {
    String token = api.stack().tokens().ofUser("alder");
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Response>> calls =
          IntStream.range(0, CALLERS)
              .<Callable<Response>>mapToObj(i -> () -> submit(i, token, member))
              .toList();
      List<Future<Response>> futures = callers.invokeAll(calls);
      return futures.stream().map(Future::resultNow).toList();
    }
  }

  /// The control number differs; it is not part of what makes a claim a duplicate.
  private Response submit(int caller, String token, String member) {
    List<Service> processes = api.stack().claims();
    return Api.anyone(processes.get(caller % processes.size()))
        .auth()
        .oauth2(token)
        .contentType(ContentType.JSON)
        .body(Samples.claim("CLM-" + caller, member, 64_000))
        .post("/v1/claims");
  }

  private static String statuses(List<Response> answers) {
    return answers.stream().map(Response::statusCode).toList().toString();
  }
}
