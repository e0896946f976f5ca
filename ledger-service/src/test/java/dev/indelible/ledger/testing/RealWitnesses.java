package dev.indelible.ledger.testing;

import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.WitnessMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Three witnesses as other organisations run them: processes of their own, with a policy of their
/// own that says whose checkpoints they cosign. Two have an Ed25519 key, the last one an ML-DSA-44
/// key. System properties carry what tests need to know of them, since test classes are loaded
/// twice.
public final class RealWitnesses {
  /// The witness with the ML-DSA-44 key.
  public static final int ML_DSA_44 = 2;

  private static final int COUNT = 3;
  private static final String FOLDER = "indelible.test.witnesses";
  private static final String PID = "indelible.test.witness.pid.";
  private static final String PORT = "indelible.test.witness.port.";

  private RealWitnesses() {}

  /// Starts them with this policy.
  ///
  /// @return their lines in the policy of others
  static String start(String policy) throws IOException {
    Path folder = Files.createTempDirectory("witnesses");
    System.setProperty(FOLDER, folder.toString());
    Files.writeString(folder.resolve("policy"), policy);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      KeyType type = i == ML_DSA_44 ? KeyType.ML_DSA_44_COSIGNATURE : KeyType.ED25519_COSIGNATURE;
      String pem = PemKey.generate(type.algorithm());
      Files.writeString(folder.resolve("w" + i + ".pem"), pem);
      run(i, 0);
      PemKey key = PemKey.parse(type.algorithm(), pem);
      String vkey = NoteSigner.of(name(i), type, key).key().vkey();
      lines.append("witness w%d %s %s\n".formatted(i, vkey, url(i)));
    }
    return lines.toString();
  }

  private static String name(int i) {
    return "w" + i + ".example";
  }

  private static String url(int i) {
    return "http://localhost:" + Integer.getInteger(PORT + i);
  }

  private static void run(int i, int port) throws IOException {
    Path folder = Path.of(System.getProperty(FOLDER));
    String classPath =
        Stream.of(WitnessMain.class, TrustPolicy.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of("-Xmx24m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath, WitnessMain.class.getName(), name(i)));
    command.add(folder.resolve("w" + i + ".pem").toString());
    command.add(folder.resolve("policy").toString());
    command.add(folder.resolve("seen" + i).toString());
    command.add(Integer.toString(port));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    System.setProperty(PID + i, Long.toString(process.pid()));
    BufferedReader output = process.inputReader();
    String ready = output.readLine();
    if (ready == null || !ready.startsWith("witness ")) {
      throw new IOException("no witness: " + ready + output.lines().collect(Collectors.joining()));
    }
    System.setProperty(PORT + i, ready.substring(ready.lastIndexOf(' ') + 1));
  }

  /// Lets all of them read a new policy. What they have seen they still know.
  public static void restart(String policy) throws IOException {
    Files.writeString(Path.of(System.getProperty(FOLDER), "policy"), policy);
    for (int i = 0; i < COUNT; i++) {
      stop(i);
      start(i);
    }
  }

  /// Lets one of them go on where it stopped.
  public static void start(int i) throws IOException {
    run(i, Integer.getInteger(PORT + i));
  }

  /// What each of them says to a checkpoint: the status of its answer.
  public static List<Integer> addCheckpoint(String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return IntStream.range(0, COUNT).mapToObj(i -> post(client, i, body)).toList();
    }
  }

  private static int post(HttpClient client, int i, String body) {
    URI uri = URI.create(url(i) + "/add-checkpoint");
    HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void stop() {
    IntStream.range(0, COUNT).forEach(RealWitnesses::stop);
  }

  /// Kills one of them.
  public static void stop(int i) {
    Long pid = Long.getLong(PID + i);
    if (pid != null) {
      ProcessHandle.of(pid)
          .ifPresent(
              process -> {
                process.destroyForcibly();
                process.onExit().join();
              });
      System.clearProperty(PID + i);
    }
  }
}
