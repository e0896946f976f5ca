package dev.indelible.local.realm;

import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The authentication flows of a realm, in the form of Keycloak's realm file: each is a list of
/// steps, and a step is an authenticator or another flow.
///
/// @param byAlias flows by their name
/// @param settings what authenticators are told, by the name that a step has for it
record Flows(Map<String, JsonObject> byAlias, Map<String, JsonObject> settings) {

  static Flows of(JsonObject realm) {
    return new Flows(
        RealmComparison.byName(new JsonArray(realm.list("authenticationFlows"))),
        RealmComparison.byName(new JsonArray(realm.list("authenticatorConfig"))));
  }

  /// A step.
  ///
  /// @param does the authenticator, or the flow
  /// @param settings what the authenticator is told
  record Step(String requirement, boolean isFlow, String does, Optional<JsonObject> settings) {
    @Override
    public String toString() {
      return requirement
          + " "
          + does
          + settings
              .flatMap(each -> each.find("config"))
              .map(config -> " " + CanonicalJson.text(config))
              .orElse("");
    }
  }

  /// The realm with its flows told so that two can be compared: the steps of each as one text,
  /// since their order counts.
  static JsonObject told(JsonObject realm) {
    Flows flows = of(realm);
    Map<String, Json> members = new LinkedHashMap<>(realm.members());
    members.remove("authenticatorConfig");
    members.put(
        "authenticationFlows",
        new JsonArray(
            flows.byAlias().keySet().stream()
                .<Json>map(
                    alias ->
                        new JsonObject(
                            Map.of(
                                "alias", new JsonString(alias),
                                "steps", new JsonString(flows.text(alias)))))
                .toList()));
    return new JsonObject(members);
  }

  private String text(String alias) {
    return steps(alias).stream().map(Step::toString).collect(Collectors.joining("; "));
  }

  /// The flows that stand for themselves, and are not steps of others.
  List<String> top() {
    return byAlias.keySet().stream().filter(alias -> isTrue(flow(alias), "topLevel")).toList();
  }

  /// The steps of a flow, in their order.
  List<Step> steps(String alias) {
    return flow(alias).list("authenticationExecutions").stream()
        .map(execution -> step((JsonObject) execution))
        .toList();
  }

  /// Whether two realms mean the same by a flow and all that is in it.
  boolean isLike(Flows other, String alias) {
    return other.byAlias.containsKey(alias)
        && text(alias).equals(other.text(alias))
        && steps(alias).stream().filter(Step::isFlow).allMatch(step -> isLike(other, step.does()));
  }

  String description(String alias) {
    return flow(alias).findString("description").orElse("");
  }

  private JsonObject flow(String alias) {
    return Optional.ofNullable(byAlias.get(alias)).orElseThrow();
  }

  private Step step(JsonObject execution) {
    boolean isFlow = isTrue(execution, "authenticatorFlow");
    return new Step(
        execution.findString("requirement").orElseThrow(),
        isFlow,
        execution.findString(isFlow ? "flowAlias" : "authenticator").orElseThrow(),
        execution
            .findString("authenticatorConfig")
            .flatMap(name -> Optional.ofNullable(settings.get(name))));
  }

  private static boolean isTrue(JsonObject object, String member) {
    return new Json.JsonBoolean(true).equals(object.members().get(member));
  }
}
