package dev.indelible.local.realm;

import dev.indelible.local.realm.Flows.Step;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Brings in line how people sign in: flows, what may be asked of them afterwards, and what clients
/// have to keep to.
final class ReconcileSignIn {
  private static final String FLOWS = "authentication/flows";
  private static final String ACTIONS = "authentication/required-actions";

  private final KeycloakAdmin admin;
  private final JsonObject code;

  ReconcileSignIn(KeycloakAdmin admin, JsonObject code) {
    this.admin = admin;
    this.code = code;
  }

  void apply(JsonObject running) {
    flows(running);
    requiredActions(running);
    // Policies name profiles.
    clientRules(running, "Profiles");
    clientRules(running, "Policies");
  }

  /// Empties every flow that differs anywhere and fills it again, in its place: what is bound to it
  /// stays bound. Meanwhile nobody signs in by it, for an empty flow lets nobody through.
  private void flows(JsonObject running) {
    Flows wanted = Flows.of(code);
    Flows there = Flows.of(running);
    for (String top : wanted.top()) {
      if (!wanted.isLike(there, top)) {
        if (there.byAlias().containsKey(top)) {
          children(top).forEach(each -> admin.delete(execution(each)));
        } else {
          admin.post(FLOWS, newFlow(top, wanted.description(top)));
        }
        fill(wanted, top);
      }
    }
  }

  private void fill(Flows wanted, String alias) {
    String executions = executions(alias);
    List<Step> steps = wanted.steps(alias);
    for (Step step : steps) {
      if (step.isFlow()) {
        admin.post(executions + "/flow", newSubflow(step.does(), wanted.description(step.does())));
      } else {
        admin.post(executions + "/execution", object("provider", new JsonString(step.does())));
      }
    }
    List<JsonObject> made = children(alias);
    for (int i = 0; i < steps.size(); i++) {
      finish(executions, steps.get(i), made.get(i));
    }
    steps.stream().filter(Step::isFlow).forEach(step -> fill(wanted, step.does()));
  }

  private void finish(String executions, Step step, JsonObject made) {
    Map<String, Json> members = new LinkedHashMap<>(made.members());
    members.put("requirement", new JsonString(step.requirement()));
    admin.put(executions, new JsonObject(members));
    step.settings().ifPresent(settings -> admin.post(execution(made) + "/config", settings));
  }

  /// The steps of a flow itself, without those of the flows in it.
  private List<JsonObject> children(String alias) {
    return admin.list(executions(alias)).stream()
        .filter(
            each ->
                each.members().get("level") instanceof JsonNumber level
                    && level.decimal().signum() == 0)
        .toList();
  }

  private static String executions(String alias) {
    return FLOWS + "/" + KeycloakAdmin.part(alias) + "/executions";
  }

  private static String execution(JsonObject execution) {
    return "authentication/executions/" + RunningRealm.id(execution);
  }

  private static JsonObject newFlow(String alias, String description) {
    return new JsonObject(
        Map.of(
            "alias", new JsonString(alias),
            "description", new JsonString(description),
            "providerId", new JsonString("basic-flow"),
            "topLevel", new JsonBoolean(true),
            "builtIn", new JsonBoolean(false)));
  }

  private static JsonObject newSubflow(String alias, String description) {
    return new JsonObject(
        Map.of(
            "alias", new JsonString(alias),
            "description", new JsonString(description),
            "type", new JsonString("basic-flow")));
  }

  /// What a user may be asked to do: this and nothing else.
  private void requiredActions(JsonObject running) {
    Map<String, JsonObject> wanted = actions(code);
    Map<String, JsonObject> there = actions(running);
    wanted.forEach(
        (alias, action) -> {
          if (!there.containsKey(alias)) {
            admin.post("authentication/register-required-action", action);
          }
          admin.put(ACTIONS + "/" + KeycloakAdmin.part(alias), action);
        });
    there.keySet().stream()
        .filter(alias -> !wanted.containsKey(alias))
        .forEach(alias -> admin.delete(ACTIONS + "/" + KeycloakAdmin.part(alias)));
  }

  private static Map<String, JsonObject> actions(JsonObject realm) {
    return RealmComparison.byName(new JsonArray(realm.list("requiredActions")));
  }

  /// One document for all of one kind.
  private void clientRules(JsonObject running, String kind) {
    Json wanted = code.members().get("client" + kind);
    Json there = running.members().get("client" + kind);
    if (wanted instanceof JsonObject rules
        && there instanceof JsonObject others
        && !RealmComparison.of(rules, others).isEmpty()) {
      admin.put("client-policies/" + kind.toLowerCase(Locale.ROOT), rules);
    }
  }

  private static JsonObject object(String name, Json value) {
    return new JsonObject(Map.of(name, value));
  }
}
