package dev.indelible.local.command;

import java.util.List;

/// Prints an access token, alone on standard output, for `curl -H "Authorization: Bearer $(…)"`.
final class Token {

  private final Installation installation;
  private final Screen screen;

  Token(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run(List<String> words) {
    if (words.size() != 1) {
      throw new WrongUse(
          "token takes the name of a demo user or of a machine, such as alder-system");
    }
    var tokens = installation.stack().tokens();
    String name = words.getFirst();
    boolean machine = name.endsWith("-system") || name.endsWith("-service");
    screen.result(machine ? tokens.ofClient(name) : tokens.ofUser(name));
    return ExitCode.OK;
  }
}
