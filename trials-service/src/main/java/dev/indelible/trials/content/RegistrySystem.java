package dev.indelible.trials.content;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The registries whose ids we can bring into one spelling. Two spellings of one id would be two
/// trials, so a registry that is not listed is refused.
public enum RegistrySystem {
  /// ClinicalTrials.gov.
  NCT("NCT(\\d{8})"),
  /// ISRCTN registry.
  ISRCTN("ISRCTN(\\d{8})"),
  /// EU clinical trials, Regulation 536/2014.
  EUCT("(\\d{4}-5\\d{5}-\\d{2})(-\\d{2})?"),
  /// EudraCT; the country suffix names a copy of the same trial.
  EUDRACT("(\\d{4}-\\d{6}-\\d{2})(-[A-Z]{2,3})?"),
  /// WHO universal trial number.
  UTN("(U1111-\\d{4}-\\d{4})"),
  /// German register.
  DRKS("(DRKS\\d{8})"),
  /// Chinese register.
  CHICTR("CHICTR-?([A-Z]{0,4}-?\\d{8,10})"),
  /// Indian register.
  CTRI("(CTRI/\\d{4}/\\d{2,3}/\\d{6})"),
  /// Australia and New Zealand.
  ACTRN("ACTRN(\\d{14})P?"),
  /// Japanese register.
  JRCT("JRCTS?(\\d{9,10})");

  private final Pattern form;

  RegistrySystem(String form) {
    this.form = Pattern.compile(form);
  }

  /// The system of that name.
  public static Optional<RegistrySystem> find(String name) {
    for (RegistrySystem system : values()) {
      if (system.name().equals(name)) {
        return Optional.of(system);
      }
    }
    return Optional.empty();
  }

  /// The one spelling of an id: upper case, plain hyphens, no spaces, no copy's suffix.
  public Optional<String> normalise(String value) {
    Matcher matcher = form.matcher(plain(value));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(this == EUDRACT || this == EUCT ? matcher.group(1) : matcher.group());
  }

  /// The spelling under any of the systems, for callers who give only the id.
  public static Optional<String> normaliseAny(String value) {
    for (RegistrySystem system : values()) {
      Optional<String> found = system.normalise(value);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String plain(String value) {
    return Normalizer.normalize(value, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .replaceAll("[\\u2010-\\u2015\\u2212]", "-")
        .replaceAll("\\s", "");
  }
}
