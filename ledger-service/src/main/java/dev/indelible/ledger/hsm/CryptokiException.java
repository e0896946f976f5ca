package dev.indelible.ledger.hsm;

/// A PKCS#11 function that returned something else than `CKR_OK` (PKCS#11 v2.40 §5.1).
final class CryptokiException extends Exception {
  private static final long serialVersionUID = 1;

  /// `CKR_PIN_INCORRECT`.
  static final long PIN_INCORRECT = 0xa0;

  /// `CKR_USER_ALREADY_LOGGED_IN`.
  static final long ALREADY_LOGGED_IN = 0x100;

  /// `CKR_CRYPTOKI_ALREADY_INITIALIZED`.
  static final long ALREADY_INITIALIZED = 0x191;

  private final long code;

  CryptokiException(String function, long code) {
    super(function + " returned 0x" + Long.toHexString(code));
    this.code = code;
  }

  CryptokiException(String message) {
    super(message);
    this.code = 0;
  }

  boolean is(long other) {
    return code == other;
  }
}
