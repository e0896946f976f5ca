package dev.indelible.ledger.crash;

import java.util.List;

/// What the writer of a log writes, each in one transaction; what is before it in its life is done
/// first.
enum Write {
  OFFICE("takes the office", "`lease`, `log_head.epoch`"),
  APPEND("appends", "`log_head`, `entry`, `match_token`, `tile`", OFFICE),
  BLOCK(
      "seals", "`block` with the checkpoint and the COSE signatures, `token_seal`", OFFICE, APPEND),
  REPEAT("finds an entry in the log already", "`barrier`", OFFICE, APPEND, BLOCK),
  WITNESS("shows the block to a witness", "the witness's own file", OFFICE, APPEND, BLOCK),
  COSIGNATURE("keeps what it says", "`cosignature`", OFFICE, APPEND, BLOCK, WITNESS),
  QUORUM(
      "keeps what makes the quorum",
      "`cosignature`, `block.witnessed_note`",
      OFFICE,
      APPEND,
      BLOCK,
      WITNESS,
      COSIGNATURE),
  RENEWAL("keeps the lease", "`lease`", OFFICE),
  FREEZE("freezes the log", "`log_head.frozen`", OFFICE),
  LEAVING("gives the office back", "`lease`", OFFICE);

  private final String what;
  private final String where;
  private final List<Write> before;

  Write(String what, String where, Write... before) {
    this.what = what;
    this.where = where;
    this.before = List.of(before);
  }

  /// In words.
  String what() {
    return what;
  }

  /// Which rows change.
  String where() {
    return where;
  }

  /// What it has written by then.
  List<Write> before() {
    return before;
  }
}
