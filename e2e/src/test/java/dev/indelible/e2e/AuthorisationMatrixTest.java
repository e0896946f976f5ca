package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.e2e.Attempt.Owner;
import dev.indelible.e2e.Attempt.Passkey;
import dev.indelible.e2e.Attempt.Target;
import dev.indelible.e2e.Scenario.Cast;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every operation, called by everybody, about records of the caller's organisation and of another
/// one: the answer is what `identity/access.csv` says. The operations come from the services' own
/// OpenAPI documents, so none can be forgotten.
@Tag("asvs-5.0/8.2.1")
@Tag("asvs-5.0/8.2.2")
@Tag("asvs-5.0/8.4.1")
@Tag("asvs-5.0/10.3.2")
@Tag("hipaa/164.312.a.1")
@Tag("part11/11.10.d")
@Tag("part11/11.10.g")
class AuthorisationMatrixTest {
  private static final Api API = new Api(SharedStack.get());
  private static final AccessTable TABLE = AccessTable.read();
  private static final List<Operation> OPERATIONS = Operation.all(API);

  @Test
  void everyOperationHasItsRowAndEveryRowItsOperation() {
    Set<String> documented =
        OPERATIONS.stream().map(Operation::toString).collect(Collectors.toSet());
    assertEquals(Set.of(), without(documented, TABLE.rows().keySet()), "not in the table");
    assertEquals(Set.of(), without(TABLE.rows().keySet(), documented), "in no service");
  }

  private static Set<String> without(Set<String> these, Set<String> those) {
    Set<String> rest = new TreeSet<>(these);
    rest.removeAll(those);
    return rest;
  }

  @Test
  void everyRoleOfTheRealmCalls() {
    List<String> roles =
        JsonPath.from(Resources.root().resolve("identity/realm.json").toFile())
            .getList("roles.realm.name");
    Set<String> calling = Stream.of(Caller.values()).map(Caller::role).collect(Collectors.toSet());
    Set<String> missing = without(Set.copyOf(roles), calling);
    // What everybody has, which is nothing, and what nobody has.
    assertEquals(Set.of("default-roles-indelible", "offline_access", "uma_authorization"), missing);
  }

  @Test
  void everyCallIsAnsweredAsTheTableSays() {
    List<Attempt> attempts = attempts();
    List<String> leaks =
        attempts.stream()
            .map(attempt -> attempt.difference(API.stack().tokens()))
            .flatMap(Optional::stream)
            .toList();
    System.out.printf(
        "authorisation matrix: %d operations x %d callers x 2 owners, %d calls, %d leaks%n",
        OPERATIONS.size(), Caller.values().length, attempts.size(), leaks.size());
    assertTrue(leaks.isEmpty(), () -> String.join("\n", leaks));
    API.requireSound();
  }

  private static List<Attempt> attempts() {
    List<Target> targets = targets();
    return OPERATIONS.stream()
        .flatMap(
            operation ->
                targets.stream()
                    .filter(target -> target.fits(operation))
                    .flatMap(target -> attempts(operation, target)))
        .toList();
  }

  private static Stream<Attempt> attempts(Operation operation, Target target) {
    AccessTable.Access access = TABLE.of(operation);
    return Stream.of(Caller.values())
        .flatMap(
            caller ->
                passkeys(operation, caller)
                    .flatMap(
                        passkey ->
                            operation.produces().stream()
                                .map(
                                    form ->
                                        new Attempt(
                                            operation, form, access, caller, passkey, target))));
  }

  private static Stream<Passkey> passkeys(Operation operation, Caller caller) {
    if (!TABLE.isGrave(operation)) {
      return Stream.of(Passkey.NOT_NEEDED);
    }
    return caller.isPerson()
        ? Stream.of(Passkey.MISSING, Passkey.SHOWN)
        : Stream.of(Passkey.MISSING);
  }

  /// Both insurers have a claim for the same service to the same person, so both are alerted; and
  /// each may read the other's.
  private static List<Target> targets() {
    String member = Samples.fresh("TEST");
    Scenario own =
        Scenario.play(
            API, new Cast("alder", "alder-adjudicator", "sponsor", member, "ana", "birch"));
    Scenario other =
        Scenario.play(
            API, new Cast("birch", "birch-adjudicator", "dogwood", member, "ben", "alder"));
    API.awaitAnchored();
    Records mine = Records.of(API, own);
    Records theirs = Records.of(API, other);
    Records mixed = mine.around(theirs);
    Records nothing = mine.around(Records.ABSENT);
    return List.of(
        new Target(Owner.OWN, "/", mine, Records.ABSENT),
        new Target(Owner.OTHER, "/", theirs, Records.ABSENT),
        new Target(
            Owner.OTHER,
            "/v1/protocols/{id}",
            theirs.byRegistryId(),
            Records.ABSENT.byRegistryId()),
        new Target(Owner.NESTED, "{decision}", mixed, nothing),
        new Target(Owner.NESTED, "{report}", mixed, nothing));
  }
}
