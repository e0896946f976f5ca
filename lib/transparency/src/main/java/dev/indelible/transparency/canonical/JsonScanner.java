package dev.indelible.transparency.canonical;

import dev.indelible.transparency.canonical.Json.JsonNumber;
import java.util.Arrays;

/// The text of a JSON value and the place in it where reading has come to: white space, strings and
/// numbers, in RFC 8259's grammar and with RFC 7493's limits.
final class JsonScanner {
  private final char[] text;
  private int at;

  JsonScanner(String text) {
    this.text = text.toCharArray();
  }

  /// Reads exactly this word, which stands for `value`.
  Json literal(String word, Json value) {
    int end = at + word.length();
    if (end > text.length || !Arrays.equals(text, at, end, word.toCharArray(), 0, word.length())) {
      throw wrong("unknown word");
    }
    at = end;
    return value;
  }

  /// Reads a number, which keeps its spelling.
  JsonNumber number() {
    int start = at;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    boolean integer = true;
    if (accept('.')) {
      integer = false;
      digits();
    }
    if (accept('e') || accept('E')) {
      integer = false;
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    String literal = new String(text, start, at - start);
    boolean safe = integer ? isSafe(literal) : Double.isFinite(Double.parseDouble(literal));
    if (!safe) {
      throw wrong("number " + literal + " cannot be kept exact; send it as a string");
    }
    return new JsonNumber(literal);
  }

  private static boolean isSafe(String integer) {
    return integer.length() <= 17
        && Math.abs(Long.parseLong(integer)) <= JsonReader.MAX_SAFE_INTEGER;
  }

  private void digits() {
    int start = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (start == at) {
      throw wrong("a value is expected");
    }
  }

  /// Reads a string, at whose quotation mark the scanner stands. Most strings are their own
  /// spelling: those are cut out of the text. From the first escape on the rest is put together.
  String string() {
    int start = ++at;
    char c = plain();
    if (c == '"') {
      return wellFormed(new String(text, start, at - 1 - start));
    }
    StringBuilder out = new StringBuilder();
    while (c == '\\') {
      out.append(text, start, at - 1 - start).append(escape());
      start = at;
      c = plain();
    }
    return wellFormed(out.append(text, start, at - 1 - start).toString());
  }

  /// Passes over what stands for itself and over the quotation mark or backslash behind it, which
  /// it answers.
  private char plain() {
    while (at < text.length) {
      char c = text[at++];
      if (c == '"' || c == '\\') {
        return c;
      }
      if (c < 0x20) {
        throw wrong("a control character in a string must be escaped");
      }
    }
    throw wrong("the text ends early");
  }

  private String wellFormed(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 == value.length() || !Character.isSurrogatePair(c, value.charAt(i + 1))) {
          throw wrong("a lone surrogate");
        }
        i++;
      }
    }
    return value;
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("unknown escape \\" + c);
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("four hexadecimal digits are expected after \\u");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  /// Passes over the character that [#peek] showed.
  void skip() {
    at++;
  }

  void skipSpace() {
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  char peek() {
    if (at >= text.length) {
      throw wrong("the text ends early");
    }
    return text[at];
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  boolean accept(char c) {
    boolean found = at < text.length && text[at] == c;
    if (found) {
      at++;
    }
    return found;
  }

  void expect(char c) {
    if (!accept(c)) {
      throw wrong("'" + c + "' is expected");
    }
  }

  void expectEnd() {
    if (at < text.length) {
      throw wrong("text after the value");
    }
  }

  /// The refusal, with the place.
  JsonException wrong(String what) {
    return new JsonException("not valid JSON at character " + at + ": " + what);
  }
}
