package dev.indelible.local.signin;

import java.util.Map;
import java.util.Optional;

/// Answers on a page of somebody else's, who passes the answer on to the page it was meant for. A
/// browser would not even ask it: the page may not name our relying party.
record PhishedAuthenticator(SoftwareAuthenticator owner) implements SoftwareAuthenticator {
  @Override
  public Optional<Passkey> passkey() {
    return owner.passkey();
  }

  @Override
  public void keep(Passkey passkey) {
    owner.keep(passkey);
  }

  @Override
  public Map<String, String> answer(Passkey.Request request) {
    return owner.answer(
        new Passkey.Request("https://evil.example", request.rpId(), request.challenge()));
  }
}
