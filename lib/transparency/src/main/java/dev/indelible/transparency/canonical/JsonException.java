package dev.indelible.transparency.canonical;

/// The text is not JSON as we accept it; says what is wrong and at which byte or pointer.
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Creates the exception.
  public JsonException(String message) {
    super(message);
  }
}
