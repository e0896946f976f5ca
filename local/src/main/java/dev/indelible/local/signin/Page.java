package dev.indelible.local.signin;

import dev.indelible.local.LocalException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page of Keycloak's sign-in, or the address to which it sent the browser in the end.
///
/// @param address where it came from, or where it leads when it is no page of Keycloak's
/// @param html empty for an address outside
record Page(URI address, int status, String html) {
  /// Form of name and password.
  static final String PASSWORD = "kc-form-login";

  /// Form that takes the answer of a passkey.
  static final String PASSKEY = "webauth";

  /// Form that takes a new passkey.
  static final String REGISTRATION = "register";

  private static final String REPORT =
      "signin/Page.java has to follow the pages of the Keycloak that we start";

  /// Where a form goes, when the page has it.
  Optional<URI> form(String id) {
    return first("<form id=\"%s\"[^>]*action=\"([^\"]*)\"".formatted(id))
        .map(action -> URI.create(action.replace("&amp;", "&")));
  }

  /// What the page's script passes on to an authenticator.
  Passkey.Request request() {
    String origin = address.getScheme() + "://" + address.getAuthority();
    return new Passkey.Request(origin, value("rpId"), value("challenge"));
  }

  /// A text that the page's script has under a name.
  String value(String name) {
    return first(name + "\\s*:\\s*\"([^\"]*)\"")
        .orElseThrow(() -> new LocalException("Keycloak's page names no " + name, REPORT));
  }

  /// What Keycloak has against it, in its own words.
  String complaint() {
    return first("(?s)id=\"input-error[^>]*>(.*?)<")
        .or(() -> first("(?s)class=\"instruction\"[^>]*>(.*?)<"))
        .or(() -> first("(?s)kc-feedback-text\"[^>]*>(.*?)<"))
        .or(() -> first("(?s)<h1[^>]*>(.*?)</h1>"))
        .map(String::strip)
        .orElse("status " + status);
  }

  private Optional<String> first(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(html);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
