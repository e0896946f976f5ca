package dev.indelible.ledger.page;

/// Text that goes into a page.
final class Html {
  private Html() {}

  /// The text as text, whatever is in it.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
