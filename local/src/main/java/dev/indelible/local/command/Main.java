package dev.indelible.local.command;

import dev.indelible.local.Home;
import dev.indelible.local.LocalException;
import dev.indelible.local.demo.Demo;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/// Runs one command and ends with its exit code.
public final class Main {

  private Main() {}

  /// Takes the command and its words; `./indelible` has already found a JDK and built what is
  /// needed.
  public static void main(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    Screen screen = new Screen();
    ExitCode exit;
    try {
      exit = run(words.getFirst(), words.subList(1, words.size()), screen);
    } catch (WrongUse e) {
      screen.failed(String.valueOf(e.getMessage()), "./indelible --help");
      exit = ExitCode.WRONG_USE;
    } catch (LocalException e) {
      screen.failed(String.valueOf(e.getMessage()), e.fix());
      exit = ExitCode.ENVIRONMENT;
    } catch (IOException e) {
      screen.failed(e.toString(), "./indelible doctor");
      exit = ExitCode.ENVIRONMENT;
    }
    System.exit(exit.number());
  }

  private static ExitCode run(String command, List<String> words, Screen screen)
      throws IOException {
    Installation installation = new Installation(Home.find());
    Clock clock = Clock.systemUTC();
    return switch (command) {
      case "up" -> new Up(installation, screen, clock).run(words);
      case "down" -> new Down(installation, screen).run();
      case "status" -> new Status(installation, screen).run(words);
      case "token" -> new Token(installation, screen).run(words);
      case "keys" -> new Keys(installation, screen).run(words);
      case "audit" -> new Audit(installation, screen).run();
      case "realm" -> new Realm(installation, screen).run(words);
      case "fsck" -> new LogChecks(installation, screen).fsck(words);
      case "monitor" -> new LogChecks(installation, screen).monitor(words);
      case "demo" -> {
        Demo.play(installation.stack(), screen.results(), clock, screen.colour());
        yield ExitCode.OK;
      }
      case "compliance" -> new Compliance(installation.home().root(), screen).run();
      case "doctor" -> new Doctor(installation, screen, clock).run();
      default -> throw new WrongUse("unknown command: " + command);
    };
  }
}
