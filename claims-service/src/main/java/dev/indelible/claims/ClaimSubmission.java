package dev.indelible.claims;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A claim as an insurer submits it: the JSON body of `POST /v1/claims`, and what a FHIR claim is
/// read into. Words are FHIR's; amounts are integer minor units; dates keep the precision in which
/// they were written; decimals are text, so that nothing rounds them.
///
/// @param claimNumber the insurer's own number of the claim
/// @param use `claim`, `preauthorization` or `predetermination`
/// @param type `institutional`, `oral`, `pharmacy`, `professional` or `vision`
/// @param subType finer type, such as a bill type
/// @param status `active` or `draft`; active when absent
/// @param member the person who is insured
/// @param provider who asks to be paid
/// @param billablePeriod the days that the claim is about
/// @param total what is asked for
/// @param created when the claim was written
/// @param priority processing priority
/// @param coverage the policy that is asked to pay
/// @param related an earlier claim that this one replaces or belongs to
/// @param lines products and services
/// @param diagnoses why they were needed
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClaimSubmission(
    String claimNumber,
    String use,
    String type,
    @Nullable String subType,
    @Nullable String status,
    Identifier member,
    Identifier provider,
    @Nullable Period billablePeriod,
    @Nullable Money total,
    @Nullable String created,
    @Nullable String priority,
    @Nullable String coverage,
    @Nullable Related related,
    List<Line> lines,
    List<Diagnosis> diagnoses) {

  /// A JSON reader leaves an absent list null.
  public ClaimSubmission {
    lines = copy(lines);
    diagnoses = copy(diagnoses);
  }

  private static <T> List<T> copy(@Nullable List<T> list) {
    if (list == null) {
      return List.of();
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("null is not an element");
    }
    return List.copyOf(list);
  }

  /// Who somebody is.
  ///
  /// @param system who gave the identifier, as a URI; absent when only the submitter knows it
  /// @param value the identifier
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Identifier(@Nullable String system, String value) {}

  /// A word of a code system.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Code(@Nullable String system, String code) {}

  /// From when to when, both included; `2026`, `2026-03`, `2026-03-14` or a date with time and
  /// offset.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Period(@Nullable String from, @Nullable String to) {}

  /// A sum of money and the currency of the whole claim.
  ///
  /// @param minor in the currency's smallest unit; absent when only the lines say what is asked for
  /// @param currency ISO 4217
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Money(@Nullable Long minor, String currency) {}

  /// Another claim.
  ///
  /// @param relationship such as `prior`
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Related(@Nullable String relationship, @Nullable String claim) {}

  /// Why a service was needed: coded, or a reference to a condition.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Diagnosis(int sequence, @Nullable Code code, @Nullable String reference) {}

  /// One product or service. Details of a line (FHIR's `detail` and `subDetail`) are lines of their
  /// own, whose amounts their line's amount includes.
  ///
  /// @param sequence number of the line
  /// @param detail number within the line, on details
  /// @param subDetail number within the detail, on details of details
  /// @param modifiers as billed, in order
  /// @param serviced when; the claim's billable period when absent
  /// @param quantity decimal
  /// @param unit of the quantity
  /// @param factor price scaling, decimal
  /// @param unitPriceMinor price of one
  /// @param netMinor what the line asks for
  /// @param place of service
  /// @param revenue revenue centre
  /// @param bodySite where on the body, tooth surfaces included
  /// @param prescription the order that is filled
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Line(
      int sequence,
      @Nullable Integer detail,
      @Nullable Integer subDetail,
      Code code,
      List<String> modifiers,
      @Nullable Period serviced,
      @Nullable String quantity,
      @Nullable String unit,
      @Nullable String factor,
      @Nullable Long unitPriceMinor,
      @Nullable Long netMinor,
      @Nullable String place,
      @Nullable String revenue,
      @Nullable String bodySite,
      @Nullable String prescription) {

    /// A JSON reader leaves an absent list null.
    public Line {
      modifiers = copy(modifiers);
    }

    /// Whether this line's amount counts on its own.
    @JsonIgnore
    public boolean isTopLevel() {
      return detail == null;
    }

    /// The line without its number: what is the same when a line is billed twice.
    public Line unnumbered() {
      return new Line(
          0,
          detail,
          subDetail,
          code,
          modifiers,
          serviced,
          quantity,
          unit,
          factor,
          unitPriceMinor,
          netMinor,
          place,
          revenue,
          bodySite,
          prescription);
    }
  }
}
