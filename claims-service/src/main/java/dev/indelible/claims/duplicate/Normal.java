package dev.indelible.claims.duplicate;

import dev.indelible.claims.ClaimDate;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The one spelling in which values are compared. What is stored and anchored keeps its own.
public final class Normal {
  private static final Pattern UUID_AT_END =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

  /// Names under which the same code systems go about, after [#system].
  private static final Map<String, String> SYSTEMS =
      Map.of(
          "www.cms.gov/medicare/coding/hcpcsreleasecodesets", "hcpcs",
          "urn:oid:2.16.840.1.113883.6.285", "hcpcs",
          "urn:oid:2.16.840.1.113883.6.96", "snomed.info/sct",
          "urn:oid:2.16.840.1.113883.4.6", "hl7.org/fhir/sid/us-npi");

  private Normal() {}

  /// A system's URI without what never distinguishes two systems.
  public static String system(@Nullable String system) {
    if (system == null) {
      return "";
    }
    String plain =
        system.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("/+$", "");
    return SYSTEMS.getOrDefault(plain, plain);
  }

  /// A code or number without spaces and hyphens, in capitals.
  public static String code(@Nullable String code) {
    return code == null ? "" : code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }

  /// Who somebody is: scope, system, value. A UUID is the same person under any spelling of the
  /// reference. An identifier without a system means nothing outside the insurer that sent it, so
  /// its scope is that insurer.
  static List<String> identity(Identifier identifier, String organisation) {
    Matcher uuid = UUID_AT_END.matcher(identifier.value().toLowerCase(Locale.ROOT));
    if (uuid.find()) {
      return List.of("", "uuid", uuid.group());
    }
    if (identifier.system() == null) {
      return List.of(organisation, "", identifier.value());
    }
    return List.of("", system(identifier.system()), code(identifier.value()));
  }

  /// A decimal without idle zeros.
  static String decimal(@Nullable String decimal) {
    return decimal == null ? "" : new BigDecimal(decimal).stripTrailingZeros().toPlainString();
  }

  static String number(@Nullable Number number) {
    return number == null ? "" : number.toString();
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// The day on which a line was served: its own, else the claim's.
  static Optional<String> firstDay(Line line, ClaimSubmission claim) {
    return first(line.serviced()).or(() -> first(claim.billablePeriod())).map(ClaimDate::day);
  }

  /// The last such day.
  static Optional<String> lastDay(Line line, ClaimSubmission claim) {
    return last(line.serviced()).or(() -> last(claim.billablePeriod())).map(ClaimDate::day);
  }

  private static Optional<ClaimDate> first(@Nullable Period period) {
    return period == null ? Optional.empty() : either(period.from(), period.to());
  }

  private static Optional<ClaimDate> last(@Nullable Period period) {
    return period == null ? Optional.empty() : either(period.to(), period.from());
  }

  private static Optional<ClaimDate> either(@Nullable String one, @Nullable String other) {
    return Optional.ofNullable(one == null ? other : one).flatMap(ClaimDate::find);
  }
}
