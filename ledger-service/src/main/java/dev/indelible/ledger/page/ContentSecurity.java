package dev.indelible.ledger.page;

import dev.indelible.transparency.Hash;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves a page under a policy that allows exactly the script and style it was built with, by
/// their hashes, and nothing from anywhere else.
final class ContentSecurity {
  private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("utf-8");

  private ContentSecurity() {}

  /// The answer with this page.
  ///
  /// @param html a whole document with all its scripts and styles inside
  static Response page(String html) {
    return Response.ok(html, HTML)
        .header("Content-Security-Policy", policy(html))
        .header("Cache-Control", "no-cache")
        .build();
  }

  private static String policy(String html) {
    return "default-src 'none'; script-src "
        + hashes(html, "script")
        + "; style-src "
        + hashes(html, "style")
        + "; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /// CSP Level 3 §8.3: the hash is over the element's text.
  private static String hashes(String html, String element) {
    Pattern block =
        Pattern.compile("<" + element + "(?:\\s[^>]*)?>(.*?)</" + element + ">", Pattern.DOTALL);
    Matcher match = block.matcher(html);
    StringJoiner sources = new StringJoiner(" ");
    while (match.find()) {
      byte[] text = match.group(1).getBytes(StandardCharsets.UTF_8);
      sources.add("'sha256-" + Hash.sha256(text).toBase64() + "'");
    }
    return sources.length() == 0 ? "'none'" : sources.toString();
  }
}
