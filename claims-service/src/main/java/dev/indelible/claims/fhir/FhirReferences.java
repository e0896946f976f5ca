package dev.indelible.claims.fhir;

import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.transparency.Hash;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/// Who or what the references of a claim mean: by identifier, by a resource that came along, by a
/// conditional reference, or by themselves.
final class FhirReferences {
  /// The system of identifiers that are URIs.
  private static final String URI_SYSTEM = "urn:ietf:rfc:3986";

  private final Map<String, Resource> resources = new HashMap<>();

  FhirReferences(Claim claim) {
    claim.getContained().forEach(each -> resources.put("#" + id(each), each));
  }

  /// The resources of the bundle that carries the claim.
  FhirReferences with(Bundle bundle) {
    bundle.getEntry().stream().filter(Bundle.BundleEntryComponent::hasResource).forEach(this::add);
    return this;
  }

  private void add(Bundle.BundleEntryComponent entry) {
    Resource resource = entry.getResource();
    resources.put(resource.fhirType() + "/" + id(resource), resource);
    if (entry.hasFullUrl()) {
      resources.put(entry.getFullUrl(), resource);
    }
  }

  private static String id(Resource resource) {
    String id = resource.getIdElement().getIdPart();
    return id == null ? "" : id.replaceFirst("^#", "");
  }

  /// The identifier of whom a reference means, unless it names nobody.
  Optional<Identifier> identify(Reference reference) {
    if (reference.getIdentifier().hasValue()) {
      return Optional.of(identifier(reference.getIdentifier()));
    }
    String target = reference.getReferenceElement_().getValue();
    if (target == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(resources.get(target))
        .flatMap(FhirReferences::identifierOf)
        .or(() -> conditional(target))
        .or(() -> Optional.of(literal(target)));
  }

  private static Identifier identifier(org.hl7.fhir.r4.model.Identifier identifier) {
    return new Identifier(identifier.getSystem(), identifier.getValue());
  }

  private static Optional<Identifier> identifierOf(Resource resource) {
    List<org.hl7.fhir.r4.model.Identifier> identifiers =
        resource.getChildByName("identifier").getValues().stream()
            .filter(org.hl7.fhir.r4.model.Identifier.class::isInstance)
            .map(org.hl7.fhir.r4.model.Identifier.class::cast)
            .filter(org.hl7.fhir.r4.model.Identifier::hasValue)
            .toList();
    if (identifiers.isEmpty() && resource.getIdElement().getIdPart() != null) {
      return Optional.of(new Identifier(null, "#" + digest(resource)));
    }
    return identifiers.stream().map(FhirReferences::identifier).findFirst();
  }

  /// A contained resource without an identifier has none but its content: two claims with a
  /// contained `#patient` are not about the same person for that.
  private static String digest(IBaseResource resource) {
    String json = Fhir.parser().encodeResourceToString(resource);
    return Hash.sha256(json.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  /// `Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1234567893` (FHIR R4 §3.1.0.11.2).
  private static Optional<Identifier> conditional(String target) {
    int query = target.indexOf("?identifier=");
    if (query < 0) {
      return Optional.empty();
    }
    String token = target.substring(query + "?identifier=".length());
    int bar = token.indexOf('|');
    return Optional.of(
        new Identifier(bar <= 0 ? null : token.substring(0, bar), token.substring(bar + 1)));
  }

  private static Identifier literal(String target) {
    boolean absolute = target.startsWith("urn:") || target.contains("://");
    return new Identifier(absolute ? URI_SYSTEM : null, target);
  }
}
