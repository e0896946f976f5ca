package dev.indelible.e2e;

import dev.indelible.e2e.AccessTable.Access;
import dev.indelible.e2e.AccessTable.Granted;
import dev.indelible.e2e.AccessTable.Public;
import dev.indelible.e2e.AccessTable.Scope;
import dev.indelible.local.Tokens;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One call of the matrix: an operation, asked by somebody about somebody's records.
///
/// @param passkey whether the operation needs one
record Attempt(
    Operation operation,
    String form,
    Access access,
    Caller caller,
    Passkey passkey,
    Target target) {

  /// A passkey, from both sides.
  enum Passkey {
    NOT_NEEDED,
    MISSING,
    SHOWN
  }

  private static final String CHALLENGE = "insufficient-user-authentication";

  /// Whose records a call is about.
  enum Owner {
    OWN,
    OTHER,
    /// What is another's, below the path of one's own.
    NESTED
  }

  /// @param place what a path must contain for this to make a difference
  /// @param absent ids of the same form that nobody has
  record Target(Owner owner, String place, Records records, Records absent) {
    boolean fits(Operation operation) {
      return operation.path().contains(place);
    }
  }

  /// What the table makes of a call.
  enum Expected {
    /// Anything but a question for a token.
    OPEN,
    /// 401.
    UNKNOWN,
    /// 401, from somebody with the role who should come back with a passkey.
    CHALLENGED,
    /// 403.
    FORBIDDEN,
    /// 404, in the very words of the answer about something that does not exist.
    ABSENT,
    /// The record, or an opinion on the body.
    SERVED,
    /// A list with the records.
    LISTED,
    /// A list without them.
    UNLISTED
  }

  Expected expected() {
    return switch (access) {
      case Public() -> Expected.OPEN;
      case Granted(Map<String, Scope> roles) ->
          caller.isKnownTo(operation.service())
              ? expected(roles.get(caller.role()))
              : Expected.UNKNOWN;
    };
  }

  private Expected expected(@Nullable Scope scope) {
    if (scope != null && passkey == Passkey.MISSING) {
      return Expected.CHALLENGED;
    }
    boolean given =
        switch (target.owner()) {
          case OWN -> scope != Scope.SHARED && scope != Scope.GLASS;
          case OTHER -> scope != Scope.OWN && scope != Scope.GLASS;
          case NESTED -> false;
        };
    return switch (scope) {
      case null -> Expected.FORBIDDEN;
      case NONE -> Expected.SERVED;
      case OWN, SHARED, GLASS, ALL ->
          operation.isList()
              ? given ? Expected.LISTED : Expected.UNLISTED
              : given ? Expected.SERVED : Expected.ABSENT;
    };
  }

  /// What is wrong with the answer, if something is.
  Optional<String> difference(Tokens tokens) {
    String path = target.records().fill(operation.path());
    Answer answer = ask(path, tokens);
    if (isExpected(answer, path, tokens)) {
      return Optional.empty();
    }
    String body = answer.body().lines().findFirst().orElse("");
    return Optional.of(
        "%s as %s, %s (%s), passkey %s: %s expected at %s, but %d %.100s"
            .formatted(
                operation,
                caller,
                target.owner(),
                form,
                passkey,
                expected(),
                path,
                answer.status(),
                body));
  }

  private boolean isExpected(Answer answer, String path, Tokens tokens) {
    int status = answer.status();
    boolean succeeded = status / 100 == 2;
    return switch (expected()) {
      case OPEN -> status != 401 && status != 403;
      case UNKNOWN -> status == 401 && !answer.body().contains(CHALLENGE);
      case CHALLENGED -> status == 401 && answer.body().contains(CHALLENGE);
      case FORBIDDEN -> status == 403;
      case ABSENT ->
          status == 404 && answer.equals(ask(target.absent().fill(operation.path()), tokens));
      case SERVED ->
          operation.isRead() ? succeeded : status < 500 && !Set.of(401, 403, 404).contains(status);
      case LISTED -> succeeded && lists(path, tokens);
      case UNLISTED -> succeeded && !lists(path, tokens);
    };
  }

  /// Whether any page of the list names one of the records.
  private boolean lists(String path, Tokens tokens) {
    boolean fhir = path.startsWith("/fhir/");
    Optional<String> query = Optional.of(fhir ? "_count=200" : "limit=200");
    while (query.isPresent()) {
      String body = ask(path + "?" + query.get(), tokens).body();
      if (target.records().ids().stream().anyMatch(body::contains)) {
        return true;
      }
      query = fhir ? nextOfBundle(JsonPath.from(body)) : next(JsonPath.from(body));
    }
    return false;
  }

  private static Optional<String> next(JsonPath page) {
    return Optional.ofNullable(page.getString("next")).map(next -> "limit=200&cursor=" + next);
  }

  private static Optional<String> nextOfBundle(JsonPath page) {
    return Optional.ofNullable(page.getString("link.find { it.relation == 'next' }?.url"))
        .map(url -> URI.create(url).getRawQuery());
  }

  private Answer ask(String path, Tokens tokens) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(operation.process().url() + path))
            .header("Accept", form)
            .header("Last-Event-ID", "0") // A stream then begins with what there is.
            .header("Purpose-Of-Use", "HPAYMT") // What patients of the scenario share for.
            .method(operation.method(), BodyPublishers.ofString(body()));
    operation.consumes().ifPresent(type -> request.header("Content-Type", type));
    caller
        .token(tokens, passkey == Passkey.SHOWN)
        .ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return Answer.to(request.build());
  }

  /// What no operation can read, so that nothing happens; who asks, and about whose record, has to
  /// be decided before anybody tries. A search by form is asked for everything.
  private String body() {
    return operation.consumes().isPresent() && !operation.isList() ? "{" : "";
  }
}
