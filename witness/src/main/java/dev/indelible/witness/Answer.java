package dev.indelible.witness;

/// What a witness says to a checkpoint; the statuses are those of C2SP tlog-witness.
sealed interface Answer {

  int status();

  String body();

  default String contentType() {
    return "text/plain; charset=utf-8";
  }

  /// Seen, consistent, remembered and signed.
  ///
  /// @param body the cosignature line
  record Cosigned(String body) implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /// The log remembers another size than we do; the body says ours, so that it can try again.
  record Conflict(long size) implements Answer {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String body() {
      return size + "\n";
    }

    @Override
    public String contentType() {
      return "text/x.tlog.size";
    }
  }

  /// Not signed, for this reason.
  record Refused(int status, String reason) implements Answer {
    @Override
    public String body() {
      return reason + "\n";
    }
  }

  static Answer malformed(String reason) {
    return new Refused(400, reason);
  }

  static Answer notTrusted(String reason) {
    return new Refused(403, reason);
  }

  static Answer unknownLog(String reason) {
    return new Refused(404, reason);
  }

  static Answer inconsistent(String reason) {
    return new Refused(422, reason);
  }
}
