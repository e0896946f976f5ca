package dev.indelible.local.command;

import dev.indelible.local.Tokens;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// Prints an access token, alone on standard output, for `curl -H "Authorization: Bearer $(…)"`,
/// fresh when it is of a person who shows a passkey now, as each grave act asks for it; or of a
/// machine, whose token opens nothing without a proof, the two headers of one request, for `… |
/// curl -H @- …`.
final class Token {

  private final Installation installation;
  private final Screen screen;

  Token(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run(List<String> words) {
    if (words.isEmpty()) {
      throw wrongUse();
    }
    Tokens tokens = installation.stack().tokens();
    String name = words.getFirst();
    if (name.endsWith("-system")) {
      machine(tokens, words);
    } else if (name.equals("--fresh") && words.size() == 2) {
      screen.result(tokens.fresh(words.getLast()));
    } else if (words.size() > 1) {
      throw wrongUse();
    } else {
      screen.result(name.endsWith("-service") ? tokens.ofService(name) : tokens.ofUser(name));
    }
    return ExitCode.OK;
  }

  private void machine(Tokens tokens, List<String> words) {
    if (words.size() < 3) {
      throw wrongUse();
    }
    URI uri = URI.create(words.get(2));
    Set<String> scopes = Set.copyOf(words.subList(3, words.size()));
    tokens
        .ofMachine(words.getFirst(), scopes)
        .headers(words.get(1), uri, Clock.systemUTC().instant())
        .forEach((header, value) -> screen.result(header + ": " + value));
  }

  private static WrongUse wrongUse() {
    return new WrongUse(
        "token takes the name of a demo user, --fresh before it or not; or of a machine, such as alder-system, with method and"
            + " address of the request that it is for, and scopes, such as system/Claim.c");
  }
}
