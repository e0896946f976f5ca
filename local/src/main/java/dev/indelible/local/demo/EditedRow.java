package dev.indelible.local.demo;

import dev.indelible.local.LocalException;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/// Act 2: somebody with the database's password changes an amount. Afterwards the row is put back.
record EditedRow(Stage stage, String claimId) {
  void play() {
    Narrator say = stage.narrator();
    say.act(2, "Someone with database rights edits a row");
    say.line("sql> UPDATE claim SET total_minor = 498000 WHERE id = '" + claimId + "'");
    update(498_000);
    try {
      report();
    } finally {
      update(64_000);
    }
    say.line("The row is put back as it was.");
    Call.Answer sound = audit();
    say.holds("audit: " + sound.string("verdict"));
  }

  private void report() {
    Call.Answer report = audit();
    stage.narrator().line("audit: " + report.string("verdict"));
    for (Json item : report.json().list("differences")) {
      if (item instanceof JsonObject difference) {
        stage
            .narrator()
            .caught(
                "table %s, row %s, field %s%s: %s"
                    .formatted(
                        text(difference, "table"),
                        text(difference, "row"),
                        text(difference, "field"),
                        difference.find("block").map(block -> ", block " + plain(block)).orElse(""),
                        text(difference, "message")));
      }
    }
  }

  private Call.Answer audit() {
    return stage.as("operator").post(stage.claims() + "/v1/audit", "").expect(200);
  }

  private static String text(JsonObject object, String name) {
    return object.findString(name).orElse("-");
  }

  private static String plain(Json value) {
    return dev.indelible.transparency.canonical.CanonicalJson.text(value);
  }

  private void update(long minor) {
    try (Connection connection = stage.stack().postgres().databases().connect("claims");
        PreparedStatement update =
            connection.prepareStatement("UPDATE claim SET total_minor = ? WHERE id = ?")) {
      update.setLong(1, minor);
      update.setObject(2, UUID.fromString(claimId));
      update.executeUpdate();
    } catch (SQLException e) {
      throw new LocalException(
          "The row could not be edited: " + e.getMessage(), "./indelible status", e);
    }
  }
}
