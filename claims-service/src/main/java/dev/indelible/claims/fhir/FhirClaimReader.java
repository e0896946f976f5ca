package dev.indelible.claims.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;

/// Reads claims from FHIR R4 JSON: bytes, then structure, then meaning. Each step refuses by naming
/// the elements that are wrong.
public final class FhirClaimReader {
  private FhirClaimReader() {}

  /// Reads a Claim.
  ///
  /// @throws Rejection when it is not one, or not one that can be taken
  public static FhirClaim readClaim(byte[] body) {
    JsonObject resource = json(body);
    requireType(resource, List.of("Claim"));
    return claim(resource, body);
  }

  /// Reads what `Claim/$submit` takes: a Claim, or a Bundle whose first entry is one.
  ///
  /// @throws Rejection when it is neither
  public static FhirClaim readSubmitted(byte[] body) {
    JsonObject resource = json(body);
    requireType(resource, List.of("Claim", "Bundle"));
    if (resource.findString("resourceType").orElseThrow().equals("Claim")) {
      return claim(resource, body);
    }
    requireStructure(resource, "Bundle");
    Bundle bundle = parse(Bundle.class, body, "Bundle");
    String path = "Bundle.entry[0].resource";
    if (bundle.getEntryFirstRep().getResource() instanceof Claim claim) {
      return new FhirClaimContent(claim, path, new FhirReferences(claim).with(bundle)).read();
    }
    throw invalid(path, "is not a Claim");
  }

  private static FhirClaim claim(JsonObject resource, byte[] body) {
    requireStructure(resource, "Claim");
    Claim claim = parse(Claim.class, body, "Claim");
    return new FhirClaimContent(claim, "Claim", new FhirReferences(claim)).read();
  }

  private static JsonObject json(byte[] body) {
    try {
      Json json = JsonReader.read(body);
      if (json instanceof JsonObject object) {
        return object;
      }
      throw new JsonException("the body is not a JSON object");
    } catch (JsonException e) {
      throw Rejection.of(CommonProblem.MALFORMED_BODY, String.valueOf(e.getMessage()));
    }
  }

  private static void requireType(JsonObject resource, List<String> types) {
    String type = resource.findString("resourceType").orElse("");
    if (!types.contains(type)) {
      throw invalid("resourceType", "is none of " + types);
    }
  }

  private static void requireStructure(JsonObject resource, String path) {
    List<Violation> violations = FhirStructure.violations(resource, path);
    if (!violations.isEmpty()) {
      throw refused(violations);
    }
  }

  /// The parser is strict too; what only it finds is named by the resource.
  private static <T extends org.hl7.fhir.r4.model.Resource> T parse(
      Class<T> type, byte[] body, String path) {
    try {
      return Fhir.parser().parseResource(type, new String(body, StandardCharsets.UTF_8));
    } catch (DataFormatException e) {
      throw invalid(path, "is not FHIR R4: " + e.getMessage());
    }
  }

  private static Rejection invalid(String path, String message) {
    return refused(List.of(new Violation(path, message)));
  }

  static Rejection refused(List<Violation> violations) {
    Violation first = violations.getFirst();
    return Rejection.of(ClaimProblem.INVALID_CLAIM, first.field() + ": " + first.message())
        .violations(violations);
  }
}
