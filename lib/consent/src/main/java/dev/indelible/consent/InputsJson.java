package dev.indelible.consent;

import dev.indelible.consent.Provision.Type;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Inputs as JSON. An optional member that is absent is left out.
final class InputsJson {
  static final String TYPE = "consent.inputs/v1";

  private InputsJson() {}

  static JsonObject write(Inputs inputs) {
    return new JsonObject(
        Map.of(
            "type", Json.string(TYPE),
            "atTime", Json.string(inputs.atTime().text()),
            "request", write(inputs.request()),
            "provisions",
                new JsonArray(inputs.provisions().stream().<Json>map(InputsJson::write).toList())));
  }

  private static JsonObject write(Request request) {
    return new JsonObject(
        Map.of(
            "organisation", Json.string(request.organisation()),
            "role", Json.string(request.role()),
            "purpose", Json.string(request.purpose()),
            "action", Json.string(request.action()),
            "dataClass", Json.string(request.dataClass()),
            "subject", write(request.subject()),
            "record", Json.string(request.record()),
            "recordTime", Json.string(request.recordTime().text())));
  }

  private static JsonObject write(Provision provision) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("id", Json.string(provision.id()));
    members.put("type", Json.string(provision.type().code()));
    members.put("subject", write(provision.subject()));
    members.put("actor", Json.string(provision.actor()));
    members.put("purpose", Json.string(provision.purpose()));
    members.put("period", write(provision.period()));
    provision.dataPeriod().ifPresent(made -> members.put("dataPeriod", write(made)));
    provision.revokedAt().ifPresent(at -> members.put("revokedAt", Json.string(at.text())));
    return new JsonObject(members);
  }

  private static JsonObject write(Subject subject) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("custodian", Json.string(subject.custodian()));
    if (subject.system() != null) {
      members.put("system", Json.string(subject.system()));
    }
    members.put("value", Json.string(subject.value()));
    return new JsonObject(members);
  }

  private static JsonObject write(Interval interval) {
    return new JsonObject(
        Map.of(
            "from", Json.string(interval.from().text()),
            "until", Json.string(interval.until().text())));
  }

  /// Reads inputs.
  ///
  /// @throws JsonException when a member is missing, unknown or of another kind
  /// @throws IllegalArgumentException when one has a value that inputs never have
  static Inputs read(JsonObject json) {
    Members in = Members.of(json, "type", "atTime", "request", "provisions");
    in.requireType(TYPE);
    return new Inputs(
        new UtcMoment(in.text("atTime")),
        request(in.object("request")),
        in.objects("provisions").stream().map(InputsJson::provision).toList());
  }

  private static Request request(JsonObject json) {
    Members in =
        Members.of(
            json,
            "organisation",
            "role",
            "purpose",
            "action",
            "dataClass",
            "subject",
            "record",
            "recordTime");
    return new Request(
        in.text("organisation"),
        in.text("role"),
        in.text("purpose"),
        in.text("action"),
        in.text("dataClass"),
        subject(in.object("subject")),
        in.text("record"),
        new UtcMoment(in.text("recordTime")));
  }

  private static Provision provision(JsonObject json) {
    Members in =
        Members.of(
            json, "id", "type", "subject", "actor", "purpose", "period", "dataPeriod", "revokedAt");
    return new Provision(
        in.text("id"),
        Type.of(in.text("type")),
        subject(in.object("subject")),
        in.text("actor"),
        in.text("purpose"),
        interval(in.object("period")),
        in.findObject("dataPeriod").map(InputsJson::interval),
        in.findText("revokedAt").map(UtcMoment::new));
  }

  private static Subject subject(JsonObject json) {
    Members in = Members.of(json, "custodian", "system", "value");
    Optional<String> system = in.findText("system");
    return new Subject(in.text("custodian"), system.orElse(null), in.text("value"));
  }

  private static Interval interval(JsonObject json) {
    Members in = Members.of(json, "from", "until");
    return new Interval(new UtcMoment(in.text("from")), new UtcMoment(in.text("until")));
  }
}
