package dev.indelible.bench;

/// Which part of trust a round is measured with.
///
/// @param bound whether callers are a machine, whose token is bound to a key (RFC 9449), with a
///   proof for each request; otherwise a person with the same role, whose token is a bearer token
/// @param rowSecurity whether the database's policies are in force
/// @param events whether an event of each read is stored; otherwise the service seals it and sends
///   it all the same, and the database throws it away
record Trust(boolean bound, boolean rowSecurity, boolean events) {
  /// As the product is.
  static final Trust ALL = new Trust(true, true, true);

  /// What can be taken away from outside.
  static final Trust NONE = new Trust(false, false, false);

  Trust withoutProofs() {
    return new Trust(false, rowSecurity, events);
  }

  Trust withoutRowSecurity() {
    return new Trust(bound, false, events);
  }

  Trust withoutEvents() {
    return new Trust(bound, rowSecurity, false);
  }
}
