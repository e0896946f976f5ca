package dev.indelible.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `Verify.java`, which shares no line with the library, has to agree with it.
class VerifyJavaTest {
  private static final Set<String> AS_PROCESS =
      Set.of(
          "valid",
          "edited-document",
          "edited-proof",
          "wrong-key",
          "too-few-witnesses",
          "truncated",
          "other-log",
          "trailing-newline",
          "withheld-fields",
          "hybrid-signature-stripped");

  @TempDir static Path folder;
  private static Method verify;

  @BeforeAll
  static void compile() throws Exception {
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), Testdata.VERIFY_JAVA.toString());
    assertEquals(0, result);
    var loader = new URLClassLoader(new java.net.URL[] {folder.toUri().toURL()});
    verify =
        loader
            .loadClass("Verify")
            .getDeclaredMethod(
                "verify", byte[].class, byte[].class, byte[].class, PrintStream.class);
    verify.setAccessible(true);
  }

  static List<Case> cases() {
    return Cases.all();
  }

  static List<Case> processes() {
    return cases().stream().filter(c -> AS_PROCESS.contains(c.name())).toList();
  }

  private record Answer(int code, String out) {}

  private static Answer inProcess(byte[] document, byte[] proof, byte[] policy) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = (int) verify.invoke(null, document, proof, policy, print);
    return new Answer(code, out.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(Case vector) throws Exception {
    Answer answer =
        inProcess(bytes(vector.document()), bytes(vector.proof()), bytes(vector.policy()));
    assertEquals(vector.exitCode(), answer.code(), answer.out());
    assertTrue(answer.out().startsWith(vector.verdict() + "\n"), answer.out());
  }

  @ParameterizedTest
  @MethodSource("processes")
  void agreesWhenRunFromItsSource(Case vector) throws Exception {
    Answer answer = run(Path.of(System.getProperty("java.home")), vector);
    assertEquals(vector.exitCode(), answer.code(), answer.out());
    assertTrue(answer.out().startsWith(vector.verdict() + "\n"), answer.out());
  }

  @Test
  void wrongUseIsTwo() throws Exception {
    assertEquals(10, processes().size());
    Path java = Path.of(System.getProperty("java.home"));
    assertEquals(2, java(java, List.of()).code());
    assertEquals(2, java(java, List.of("a", "b", "c")).code());
  }

  /// A JDK without ML-DSA says that it cannot check, checks what it can, and still sees forgeries.
  @Test
  void anOlderJavaSaysWhatItCannotCheck() throws Exception {
    Optional<Path> old = olderJava();
    Assumptions.assumeTrue(old.isPresent(), "no JDK 17 to 23 on this machine");
    for (Case vector : cases()) {
      if (Set.of("valid", "edited-document", "ed25519-policy").contains(vector.name())) {
        Answer answer = run(old.get(), vector);
        int expected = vector.name().equals("valid") ? 3 : vector.exitCode();
        assertEquals(expected, answer.code(), answer.out());
        boolean says = answer.out().contains("has no ML-DSA-44");
        assertEquals(!vector.name().equals("ed25519-policy"), says, answer.out());
      }
    }
  }

  private static Optional<Path> olderJava() throws IOException {
    Path installed = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(installed)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(installed)) {
      return homes
          .filter(home -> home.getFileName().toString().matches(".*(17|21).*"))
          .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
          .findFirst();
    }
  }

  private static Answer run(Path home, Case vector) throws Exception {
    String document = Files.writeString(folder.resolve("claim.json"), vector.document()).toString();
    String proof = Files.writeString(folder.resolve("claim.tlog-proof"), vector.proof()).toString();
    String policy = Files.writeString(folder.resolve("policy"), vector.policy()).toString();
    return java(home, List.of(document, proof, policy));
  }

  private static Answer java(Path home, List<String> args) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                home.resolve("bin/java").toString(),
                // It compiles itself and ends; the optimising compiler would cost as much again.
                "-XX:TieredStopAtLevel=1",
                Testdata.VERIFY_JAVA.toString()));
    command.addAll(args);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out);
  }

  /// A thousand damaged inputs: both programs must come to the same verdict, and never MATCHES for
  /// a document or proof that says something else.
  @Test
  void agreesAboutRandomDamage() throws Exception {
    long seed = Long.getLong("indelible.seed", 20261121);
    SplittableRandom random = new SplittableRandom(seed);
    List<Case> sources = cases().stream().filter(c -> c.exitCode() == 0).toList();
    for (int i = 0; i < 1000; i++) {
      Case source = sources.get(random.nextInt(sources.size()));
      byte[][] files = {bytes(source.document()), bytes(source.proof()), bytes(source.policy())};
      int file = random.nextInt(3);
      files[file] = damage(files[file], random);
      Evidence evidence = Evidence.read(files[0], files[1], files[2], Optional.empty());
      int expected = Report.of("claim.json", evidence).verdict().exitCode();
      Answer answer = inProcess(files[0], files[1], files[2]);
      String text = source + " file " + file + " seed " + seed + " round " + i;
      assertEquals(
          expected,
          answer.code(),
          () -> text + "\n" + answer.out() + Report.of("claim.json", evidence).text());
    }
  }

  private static byte[] damage(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    byte[] changed = bytes.clone();
    switch (random.nextInt(4)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) "\n \"{}[],:0-.e+=A\\".charAt(random.nextInt(17));
      case 2 -> changed = java.util.Arrays.copyOf(bytes, at);
      default -> {
        System.arraycopy(bytes, at, changed, at - Math.min(at, 1), bytes.length - at);
        changed = java.util.Arrays.copyOf(changed, bytes.length - Math.min(at, 1));
      }
    }
    return changed;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
