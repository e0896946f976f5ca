package dev.indelible.claims.submission;

import dev.indelible.claims.ClaimDate;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks single elements of a body and collects what is wrong with them.
public final class ElementChecks {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,8})?");
  private static final int MAX_LENGTH = 1024;
  private static final int MAX_ELEMENTS = 2000;

  /// Ten thousand billion dollars: sums of 2000 lines stay within 2^63.
  private static final long MAX_MINOR = 1_000_000_000_000_000L;

  private final List<Violation> violations = new ArrayList<>();

  /// What was found so far.
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  void date(String at, @Nullable String date) {
    if (date != null && ClaimDate.find(date).isEmpty()) {
      add(at, "is not a date (2026, 2026-03, 2026-03-14, or with time and offset)");
    }
  }

  static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .filter(known -> known.getDefaultFractionDigits() >= 0)
        .anyMatch(known -> known.getCurrencyCode().equals(code));
  }

  void amount(String at, @Nullable Long minor, boolean hasCurrency) {
    if (minor == null) {
      return;
    }
    if (minor < 0 || minor > MAX_MINOR) {
      add(at, "is not between 0 and " + MAX_MINOR);
    }
    if (!hasCurrency) {
      add(at, "has no currency: the claim's total names it");
    }
  }

  void decimal(String at, @Nullable String decimal) {
    if (decimal != null && !DECIMAL.matcher(decimal).matches()) {
      add(at, "is not a decimal of at most 12 digits and 8 places");
    }
  }

  void positive(String at, @Nullable Integer number) {
    if (number != null && number < 1) {
      add(at, "is not a positive integer");
    }
  }

  /// Checks a word that has to be one of a closed list.
  public void oneOf(String at, @Nullable String value, Set<String> allowed) {
    if (value == null) {
      add(at, "is required");
    } else if (!allowed.contains(value)) {
      add(at, "is none of " + allowed.stream().sorted().toList());
    }
  }

  /// Checks a text that has to be there.
  public void required(String at, @Nullable String text) {
    if (text == null) {
      add(at, "is required");
    }
    optional(at, text);
  }

  /// PostgreSQL holds no NUL, and invisible differences are where duplicates hide.
  public void optional(String at, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      add(at, "is not between 1 and " + MAX_LENGTH + " characters long");
    } else if (!text.strip().equals(text)) {
      add(at, "begins or ends with a space");
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      add(at, "contains a control character");
    }
  }

  void atMost(String at, List<?> elements) {
    if (elements.size() > MAX_ELEMENTS) {
      add(at, "has more than " + MAX_ELEMENTS + " elements");
    }
  }

  /// Finds something wrong.
  public void add(String field, String message) {
    violations.add(new Violation(field, message));
  }

  /// Refuses a body of which anything was found wrong.
  ///
  /// @throws Rejection (400) naming every element
  public void requireNone() {
    if (!violations.isEmpty()) {
      Violation first = violations.getFirst();
      throw Rejection.of(CommonProblem.INVALID_BODY, first.field() + ": " + first.message())
          .violations(violations());
    }
  }
}
