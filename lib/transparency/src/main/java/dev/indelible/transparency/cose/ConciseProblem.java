package dev.indelible.transparency.cose;

import java.util.LinkedHashMap;
import java.util.Map;

/// A refusal in CBOR (RFC 9290 §2, as SCRAPI asks for). The kind of problem is a custom entry under
/// its type address (§3.2), since the standard members have none for it.
///
/// @param title the kind in words
/// @param detail this occurrence in words
/// @param type address of the kind
/// @param code the kind's stable name, on which programs act
public record ConciseProblem(String title, String detail, String type, String code) {
  /// The media type (RFC 9290 §6.3).
  public static final String MEDIA_TYPE = "application/concise-problem-details+cbor";

  private static final long TITLE = -1;
  private static final long DETAIL = -2;
  private static final String CODE = "code";

  /// The bytes, members in the order of RFC 8949 §4.2.1.
  public byte[] bytes() {
    Map<Object, Object> members = new LinkedHashMap<>();
    members.put(TITLE, title);
    members.put(DETAIL, detail);
    members.put(type, Map.of(CODE, code));
    return Cbor.encode(members);
  }

  /// Reads a problem of ours.
  ///
  /// @throws IllegalArgumentException when the bytes are anything else
  public static ConciseProblem parse(byte[] bytes) {
    if (CborReader.read(bytes) instanceof Map<?, ?> members
        && members.get(TITLE) instanceof String title
        && members.get(DETAIL) instanceof String detail) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (member.getKey() instanceof String type
            && member.getValue() instanceof Map<?, ?> entry
            && entry.get(CODE) instanceof String code) {
          return new ConciseProblem(title, detail, type, code);
        }
      }
    }
    throw new IllegalArgumentException("not a concise problem of ours");
  }
}
