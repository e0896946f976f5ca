package dev.indelible.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.FilePayload;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `verify.html`, opened from disk in a real browser, has to agree with the command and may not
/// connect to anything.
@Tag("part11/11.10.b")
class VerifyPageTest {
  private static Playwright playwright;
  private static Page page;

  private static final List<String> requests = new ArrayList<>();
  private static final List<String> complaints = new ArrayList<>();

  static List<Case> cases() {
    return Cases.all();
  }

  @BeforeEach
  void open() {
    if (page == null) {
      Optional<Path> installed = installed();
      Assumptions.assumeTrue(installed.isPresent(), "no Chromium or Chrome on the PATH");
      page = start(installed.get());
    }
    requests.clear();
    complaints.clear();
    page.navigate(url());
  }

  private static Page start(Path executable) {
    Map<String, String> noDownload = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(noDownload));
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(executable)
            .setArgs(List.of("--no-sandbox"));
    Page page = playwright.chromium().launch(options).newPage();
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    return page;
  }

  private static String url() {
    return Testdata.VERIFY_HTML.toUri().toString();
  }

  private static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Whatever happened in a test: the page itself was loaded, and nothing else.
  @AfterEach
  void nothingElseWasRequested() {
    if (page != null) {
      assertEquals(List.of(url()), requests);
      assertEquals(List.of(), complaints);
    }
  }

  @AfterAll
  static void close() {
    if (playwright != null) {
      playwright.close();
      playwright = null;
      page = null;
    }
  }

  private void give(Case vector) {
    page.setInputFiles("#document", file("claim.json", vector.document()));
    page.setInputFiles("#proof", file("claim.tlog-proof", vector.proof()));
    page.setInputFiles("#policy", file("policy", vector.policy()));
    page.waitForSelector("#verdict[data-exit]");
  }

  private static FilePayload file(String name, String text) {
    return new FilePayload(name, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private Locator verdict() {
    return page.locator("#verdict");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(Case vector) {
    give(vector);
    assertEquals(Integer.toString(vector.exitCode()), verdict().getAttribute("data-exit"));
    assertTrue(verdict().locator("h2").innerText().endsWith(vector.verdict()));
    assertEquals(5, verdict().locator(".checks li").count());
    assertEquals("verdict", page.evaluate("document.activeElement.id"));
    assertEquals("status", verdict().getAttribute("role"));
    assertTrue(verdict().innerText().contains("Network used: none."));
  }

  @Test
  void filesAreSortedByContentAndMayBeReplaced() {
    Case valid = cases().getFirst();
    assertTrue(verdict().innerText().contains("Nothing leaves this device"));
    page.setInputFiles(
        "#any", new FilePayload[] {file("p", valid.policy()), file("a", valid.document())});
    // Not by a function: the page's content policy forbids the evaluation of each further try.
    page.waitForSelector("#verdict:has-text('Still needed: proof')");
    assertTrue(verdict().innerText().contains("Still needed: proof"));
    page.setInputFiles("#any", file("c", valid.proof()));
    page.waitForSelector("#verdict[data-exit='0']");
    Case edited =
        cases().stream().filter(c -> c.name().equals("edited-document")).findFirst().orElseThrow();
    page.setInputFiles("#document", file("edited.json", edited.document()));
    page.waitForSelector("#verdict[data-exit='1']");
    assertEquals("document-changed", verdict().getAttribute("data-finding"));
    assertTrue(verdict().innerText().contains("edited.json is not the anchored document."));
  }

  /// What a document says is text on this page, whatever it looks like.
  @Test
  void markupInAFileStaysText() {
    Case valid = cases().getFirst();
    give(valid.policy("<img src=https://example.org/x onerror=alert(1)>"));
    assertEquals(0, verdict().locator("img").count());
    assertTrue(verdict().innerText().contains("<img src="));
  }

  @Test
  void fitsANarrowScreenAndEveryControlHasAName() {
    page.setViewportSize(320, 800);
    give(cases().getFirst());
    page.locator("summary").click();
    assertEquals(true, page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"));
    assertEquals(
        true, page.evaluate("[...document.querySelectorAll('input')].every(i => i.labels.length)"));
    assertEquals(
        true,
        page.evaluate(
            "[...document.querySelectorAll('input,summary')].every("
                + "e => e.getBoundingClientRect().height >= 24)"));
  }

  /// The page's own policy allows exactly its own script and style; when either changes, the new
  /// value belongs into the meta element.
  @Test
  void contentSecurityPolicyNamesTheseParts() throws Exception {
    String html = Files.readString(Testdata.VERIFY_HTML);
    assertTrue(html.contains("default-src 'none'"));
    assertTrue(
        html.contains(
            "script-src '" + sha256(html, "<script type=\"module\">(.*?)</script>") + "'"),
        () -> "script-src " + sha256(html, "<script type=\"module\">(.*?)</script>"));
    assertTrue(
        html.contains("style-src '" + sha256(html, "<style>(.*?)</style>") + "'"),
        () -> "style-src " + sha256(html, "<style>(.*?)</style>"));
  }

  private static String sha256(String html, String element) {
    Matcher part = Pattern.compile(element, Pattern.DOTALL).matcher(html);
    assertTrue(part.find());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(part.group(1).getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Pictures of the page's states, for people: `-Dindelible.screenshots=FOLDER`.
  @Test
  void screenshots() throws IOException {
    String folder = System.getProperty("indelible.screenshots");
    Assumptions.assumeTrue(folder != null, "no folder for screenshots given");
    Files.createDirectories(Path.of(folder));
    shoot(folder, "empty");
    for (Case vector : cases()) {
      if (List.of("withheld-fields", "edited-document", "other-log", "too-few-witnesses")
          .contains(vector.name())) {
        give(vector);
        page.locator("details").all().forEach(d -> d.locator("summary").click());
        shoot(folder, vector.name());
        page.navigate(url());
        requests.removeLast();
      }
    }
    page.setViewportSize(320, 700);
    give(cases().getFirst());
    shoot(folder, "narrow");
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
    page.setViewportSize(900, 800);
    shoot(folder, "dark");
  }

  private void shoot(String folder, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")).setFullPage(true));
  }
}
