package dev.indelible.trials.content;

import dev.indelible.kit.problem.ProblemType;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.trials.content.ProtocolContent.Count;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.date.PartialDate;
import dev.indelible.trials.date.TrialDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with a document, each by JSON Pointer.
public final class Violations {
  /// The longest text of one element.
  private static final int MAX_TEXT = 20_000;

  /// More participants than any trial had.
  private static final long MAX_COUNT = 100_000_000;

  private static final Set<String> DATE_TYPES = Set.of(TrialDate.ACTUAL, TrialDate.ESTIMATED);

  private final List<Violation> found = new ArrayList<>();

  /// Notes one.
  public void add(String pointer, String message) {
    found.add(new Violation(pointer, message));
  }

  /// A text that has to be there.
  public void required(String pointer, @Nullable String text) {
    if (text == null || text.isBlank()) {
      add(pointer, "is required");
    } else {
      optional(pointer, text);
    }
  }

  /// A text that may be absent, but not blank.
  public void optional(String pointer, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.isBlank()) {
      add(pointer, "is blank; leave it out instead");
    } else if (text.length() > MAX_TEXT) {
      add(pointer, "is longer than " + MAX_TEXT + " characters");
    } else if (text.indexOf('\0') >= 0) {
      add(pointer, "contains the character U+0000");
    }
  }

  /// A text that may be as long as a table.
  public void optionalTable(String pointer, @Nullable String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      add(pointer, "contains the character U+0000");
    }
  }

  /// A text that is one of a few.
  public void oneOf(String pointer, @Nullable String text, Set<String> allowed) {
    if (text != null && !allowed.contains(text)) {
      add(pointer, "is none of " + allowed.stream().sorted().toList());
    }
  }

  /// A date that may be absent.
  public void date(String pointer, @Nullable DateGiven given) {
    if (given == null) {
      return;
    }
    String date = given.date();
    if (date == null || PartialDate.find(date).isEmpty()) {
      add(pointer + "/date", "is not a date like 2024, 2024-03 or 2024-03-15");
    }
    oneOf(pointer + "/type", given.type(), DATE_TYPES);
  }

  /// A number of participants that may be absent.
  public void count(String pointer, @Nullable Count given) {
    if (given == null) {
      return;
    }
    Long count = given.count();
    if (count == null || count < 0 || count > MAX_COUNT) {
      add(pointer + "/count", "is not a number from 0 to " + MAX_COUNT);
    }
    oneOf(pointer + "/type", given.type(), DATE_TYPES);
  }

  /// What was found.
  public List<Violation> list() {
    return List.copyOf(found);
  }

  /// Refuses the document if anything was found.
  public void rejectAs(ProblemType problem) {
    reject(problem, list());
  }

  /// Refuses a document for these reasons, if there are any.
  public static void reject(ProblemType problem, List<Violation> found) {
    if (!found.isEmpty()) {
      Violation first = found.getFirst();
      String detail =
          found.size()
              + (found.size() == 1 ? " problem: " : " problems; first: ")
              + first.field()
              + " "
              + first.message()
              + ".";
      throw Rejection.of(problem, detail).violations(found);
    }
  }
}
