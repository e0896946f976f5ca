package dev.indelible.claims.fhir;

import dev.indelible.claims.ClaimSubmission;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A claim that was read from FHIR, and how its elements are called there.
///
/// @param content the claim
/// @param path of the Claim resource in what was sent
/// @param linePaths where each line came from
public record FhirClaim(ClaimSubmission content, String path, List<String> linePaths) {
  private static final Pattern LINE = Pattern.compile("/lines/([0-9]+)(?:/([^/]+).*)?");
  private static final Pattern DIAGNOSIS = Pattern.compile("/diagnoses/([0-9]+)(?:/([^/]+).*)?");

  private static final Map<String, String> LINE_ELEMENTS =
      Map.ofEntries(
          Map.entry("detail", "sequence"),
          Map.entry("subDetail", "sequence"),
          Map.entry("code", "productOrService"),
          Map.entry("modifiers", "modifier"),
          Map.entry("unit", "quantity"),
          Map.entry("unitPriceMinor", "unitPrice"),
          Map.entry("netMinor", "net"),
          Map.entry("place", "location"));

  private static final Map<String, String> ELEMENTS =
      Map.of(
          "/claimNumber", "identifier",
          "/member", "patient",
          "/coverage", "insurance",
          "/lines", "item",
          "/diagnoses", "diagnosis");

  public FhirClaim {
    linePaths = List.copyOf(linePaths);
  }

  /// The FHIR path of what a JSON Pointer into the content names.
  public String name(String pointer) {
    Matcher line = LINE.matcher(pointer);
    if (line.matches()) {
      String member = line.group(2);
      return linePaths.get(Integer.parseInt(line.group(1)))
          + (member == null ? "" : "." + LINE_ELEMENTS.getOrDefault(member, member));
    }
    Matcher diagnosis = DIAGNOSIS.matcher(pointer);
    if (diagnosis.matches()) {
      return path + ".diagnosis[" + diagnosis.group(1) + "]";
    }
    String head = pointer.replaceFirst("(?<=.)/.*", "");
    return path + "." + ELEMENTS.getOrDefault(head, head.substring(1));
  }
}
