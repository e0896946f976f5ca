package dev.indelible.ledger.crash;

/// What a dead writer leaves in the database, and what becomes of it.
enum Left {
  OLD_OFFICE(new Counts(0, 0, 0, 0), "the office as it was; the next writer takes it"),
  OFFICE(new Counts(1, 0, 0, 0), "an office in which nobody writes; the next writer ends it"),
  NOTHING(new Counts(1, 0, 0, 0), "nothing; whoever comes again is appended"),
  TAIL(
      new Counts(1, 1, 0, 0),
      "an entry that nobody was told of and nobody is shown; the next writer seals it, and whoever comes again is told its place"),
  SIGNED(
      new Counts(1, 1, 0, 0),
      "an entry whose place was told, and a checkpoint that nobody has seen; the next writer signs the same head, and whoever comes again is told the same place"),
  SEALED(
      new Counts(1, 1, 1, 0),
      "the block; the next writer goes on behind it and shows it to the witnesses"),
  COSIGNED(
      new Counts(1, 1, 1, 0),
      "the block, and a witness that knows of nothing more; the next writer asks it and goes on"),
  ONE_WORD(
      new Counts(1, 1, 1, 1),
      "the block with what one witness said; the next writer shows it to all of them again"),
  WITNESSED(
      new Counts(1, 1, 1, 2), "the block with its quorum, which its receipts show from now on"),
  FROZEN(
      new Counts(1, 0, 0, 0),
      "a frozen log; the next writer writes nothing until an operator thaws it"),
  NOT_FROZEN(new Counts(1, 0, 0, 0), "a log that is not frozen, as if nothing had been noticed");

  private final Counts counts;
  private final String text;

  /// How many more there are than before the writer came.
  ///
  /// @param entries in each of the tables that an append changes
  /// @param blocks and seals over their tokens
  /// @param cosignatures of these blocks; with two a block has its quorum
  record Counts(long epochs, long entries, long blocks, long cosignatures) {}

  Left(Counts counts, String text) {
    this.counts = counts;
    this.text = text;
  }

  Counts counts() {
    return counts;
  }

  String text() {
    return text;
  }
}
