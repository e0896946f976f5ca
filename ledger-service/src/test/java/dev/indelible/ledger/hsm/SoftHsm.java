package dev.indelible.ledger.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.transparency.note.Signer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A token in software (SoftHSM), filled by the program that operators use too (OpenSC's
/// pkcs11-tool).
public final class SoftHsm {
  public static final String TOKEN = "indelible";
  private static final String PIN = "1234";
  private static final String CONFIGURATION = "SOFTHSM2_CONF";

  private final Path folder;
  private final Path library;

  private SoftHsm(Path folder, Path library) {
    this.folder = folder;
    this.library = library;
  }

  /// Whether tests with a token can run, or have to: where CI is true a missing one is a failure.
  public static boolean isUsable() {
    return "true".equals(System.getenv("CI"))
        || (findLibrary().isPresent() && hasProgram("softhsm2-util") && hasProgram("pkcs11-tool"));
  }

  private static Optional<Path> findLibrary() {
    return Stream.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
        .map(place -> Path.of(place, "softhsm", "libsofthsm2.so"))
        .filter(Files::exists)
        .findFirst();
  }

  private static boolean hasProgram(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
  }

  /// An empty token in this folder, of which this process knows from now on.
  public static SoftHsm start(Path folder) throws IOException {
    SoftHsm token = new SoftHsm(folder, findLibrary().orElseThrow());
    Files.createDirectories(token.tokens());
    Files.writeString(
        token.configuration(),
        "directories.tokendir = " + token.tokens() + "\nlog.level = ERROR\n");
    Files.writeString(token.pin(), PIN + "\n");
    setEnvironment(CONFIGURATION, token.configuration().toString());
    token.restart();
    token.run(
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        TOKEN,
        "--so-pin",
        "5678",
        "--pin",
        PIN);
    return token;
  }

  /// The library reads its environment by itself, and Java cannot change that of its own process.
  private static void setEnvironment(String name, String value) {
    Linker linker = Linker.nativeLinker();
    var setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      var result =
          setenv.invokeWithArguments(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      assertEquals(0, result);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  public Path library() {
    return library;
  }

  public Path pin() {
    return folder.resolve("pin");
  }

  private Path tokens() {
    return folder.resolve("tokens");
  }

  /// Nobody finds the token any more.
  public void unplug() throws IOException {
    Files.move(tokens(), folder.resolve("away"));
    Files.createDirectory(tokens());
    restart();
  }

  public void plugIn() throws IOException {
    Files.delete(tokens());
    Files.move(folder.resolve("away"), tokens());
    restart();
  }

  private Path configuration() {
    return folder.resolve("softhsm2.conf");
  }

  /// The token of an earlier [#start], from wherever this class is loaded.
  public static SoftHsm of(Path folder) {
    return new SoftHsm(folder, findLibrary().orElseThrow());
  }

  /// All sessions of this process are gone, as after a restart of the device.
  public void restart() {
    try {
      Cryptoki.load(library).call(Cryptoki.FINALIZE, MemorySegment.NULL);
    } catch (CryptokiException notInitialised) {
      // Nobody has used it yet.
    }
  }

  /// A new key pair.
  public Signer generate(String label) throws IOException {
    tool("--keypairgen", "--key-type", "EC:edwards25519", "--label", label);
    restart();
    return new Hsm(configured(TOKEN)).ed25519(label);
  }

  HsmConfig configured(String token) {
    return new Configured(Optional.of(library), Optional.of(token), Optional.of(pin()));
  }

  private record Configured(Optional<Path> library, Optional<String> token, Optional<Path> pin)
      implements HsmConfig {}

  void delete(String label) throws IOException {
    tool("--delete-object", "--type", "privkey", "--label", label);
    tool("--delete-object", "--type", "pubkey", "--label", label);
  }

  private void tool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", library.toString()));
    command.addAll(List.of("--token-label", TOKEN, "--login", "--pin", PIN));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private void run(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(CONFIGURATION, configuration().toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.onExit().join().exitValue(), String.join(" ", command) + "\n" + output);
  }
}
