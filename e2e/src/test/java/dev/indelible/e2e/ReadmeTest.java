package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.testing.Api;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the README says works as it says.
class ReadmeTest {
  private static final int LINES = 100;

  private final Api api = new Api(SharedStack.get());

  @Test
  void theClaimInTheReadmeIsAccepted() throws IOException {
    Matcher body = Pattern.compile("-d '(\\{.*?})'", Pattern.DOTALL).matcher(readme());
    assertTrue(body.find(), "the README has no claim");
    Response answer = api.submit("alder", body.group(1));
    assertEquals(202, answer.statusCode(), answer.body().asString());
    api.awaitAnchor("alder", answer.jsonPath().getString("id"), "WITNESSED");
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> links =
        Pattern.compile("]\\(([^)#:]+)\\)")
            .matcher(readme())
            .results()
            .map(m -> m.group(1))
            .toList();
    assertTrue(links.size() > 5);
    links.forEach(link -> assertTrue(Files.exists(Resources.root().resolve(link)), link));
  }

  @Test
  void itIsShort() throws IOException {
    assertTrue(readme().lines().count() <= LINES);
  }

  private static String readme() throws IOException {
    return Files.readString(Resources.root().resolve("README.md"));
  }
}
