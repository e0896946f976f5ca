package dev.indelible.ledger.audit;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Checked;
import dev.indelible.kit.audit.Difference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an audit has found so far.
final class Findings {
  /// A report is read by people; beyond this only the count grows.
  private static final int MOST = 1_000;

  private final List<Difference> differences = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();
  private long more;
  private long statements;
  private long rows;
  private long entries;

  /// Something that differs.
  ///
  /// @param table the table
  /// @param row primary key
  /// @param field the column, or nothing when the row as a whole is meant
  record Place(String table, String row, @Nullable String field) {}

  void differs(Place place, String message) {
    differs(place, null, null, message);
  }

  void differs(Place place, @Nullable Long block, @Nullable Long index, String message) {
    if (differences.size() < MOST) {
      differences.add(
          new Difference(place.table(), place.row(), place.field(), null, block, index, message));
    } else {
      more++;
    }
  }

  void unchecked(String message) {
    if (unchecked.size() < MOST) {
      unchecked.add(message);
    }
  }

  void countStatement() {
    statements++;
    rows++;
  }

  void countRow() {
    rows++;
  }

  void countEntry() {
    entries++;
    rows++;
  }

  AuditReport report(String service) {
    if (more > 0) {
      unchecked.add(more + " further differences are not listed");
    }
    return AuditReport.of(service, new Checked(statements, rows, entries), differences, unchecked);
  }
}
