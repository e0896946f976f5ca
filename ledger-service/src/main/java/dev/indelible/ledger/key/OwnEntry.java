package dev.indelible.ledger.key;

import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Statement;
import java.util.Optional;

/// What a log said of itself, together with the entry that commits to it.
///
/// @param index leaf index
record OwnEntry(long index, Entry entry, Statement statement) {

  String type() {
    return text("/type").orElse("");
  }

  Optional<String> text(String pointer) {
    return statement.fields().get(pointer) instanceof JsonString text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /// An integer; 0, which counts nothing, when there is none.
  int number(String pointer) {
    return statement.fields().get(pointer) instanceof JsonNumber number
            && number.literal().matches("[1-9][0-9]{0,8}")
        ? Integer.parseInt(number.literal())
        : 0;
  }
}
