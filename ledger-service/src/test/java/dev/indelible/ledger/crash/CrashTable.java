package dev.indelible.ledger.crash;

import dev.indelible.ledger.DyingDatabase.Fate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Each write of a log's writer, lost and persisted. docs/operations.md shows it.
final class CrashTable {
  private static final String ALL = "";

  static final List<Row> ROWS =
      List.of(
          torn(Write.OFFICE, "UPDATE log_head SET epoch", Left.OLD_OFFICE),
          lost(Write.OFFICE, Left.OLD_OFFICE),
          persisted(Write.OFFICE, Left.OFFICE),
          torn(Write.APPEND, "SELECT k.level", Left.NOTHING),
          torn(Write.APPEND, "INSERT INTO tile", Left.NOTHING),
          lost(Write.APPEND, Left.NOTHING),
          persisted(Write.APPEND, Left.TAIL),
          lost(Write.REPEAT, Left.SEALED),
          persisted(Write.REPEAT, Left.SEALED),
          torn(Write.BLOCK, "INSERT INTO token_seal", Left.SIGNED),
          lost(Write.BLOCK, Left.SIGNED),
          persisted(Write.BLOCK, Left.SEALED),
          lost(Write.WITNESS, Left.SEALED),
          persisted(Write.WITNESS, Left.COSIGNED),
          lost(Write.COSIGNATURE, Left.COSIGNED),
          persisted(Write.COSIGNATURE, Left.ONE_WORD),
          torn(Write.QUORUM, "UPDATE block SET witnessed_note", Left.ONE_WORD),
          lost(Write.QUORUM, Left.ONE_WORD),
          persisted(Write.QUORUM, Left.WITNESSED),
          lost(Write.RENEWAL, Left.OFFICE),
          persisted(Write.RENEWAL, Left.OFFICE),
          lost(Write.FREEZE, Left.NOT_FROZEN),
          persisted(Write.FREEZE, Left.FROZEN),
          lost(Write.LEAVING, Left.OFFICE),
          persisted(Write.LEAVING, Left.OFFICE));

  private CrashTable() {}

  /// One death.
  ///
  /// @param before a part of the statement before which a transaction is torn
  record Row(Write write, Fate fate, String before, Left left) {
    @Override
    public String toString() {
      return write + " " + fate + (before.equals(ALL) ? "" : " before " + before);
    }

    private String markdown() {
      String when =
          switch (fate) {
            case TORN -> "torn before `" + before + " …`";
            case LOST -> "lost";
            case PERSISTED -> "persisted";
          };
      return "| %s | %s |\n".formatted(when, left.text());
    }
  }

  private static Row torn(Write write, String before, Left left) {
    return new Row(write, Fate.TORN, before, left);
  }

  private static Row lost(Write write, Left left) {
    return new Row(write, Fate.LOST, ALL, left);
  }

  private static Row persisted(Write write, Left left) {
    return new Row(write, Fate.PERSISTED, ALL, left);
  }

  /// The rows as the handbook shows them.
  static String markdown() {
    StringBuilder text = new StringBuilder();
    @Nullable Write before = null;
    for (Row row : ROWS) {
      boolean isNext = row.write() != before;
      text.append("| ").append(isNext ? row.write().what() : "");
      text.append(" | ").append(isNext ? row.write().where() : "").append(' ');
      text.append(row.markdown());
      before = row.write();
    }
    return text.toString();
  }
}
