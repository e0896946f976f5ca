package dev.indelible.claims.fhir;

import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Diagnosis;
import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Money;
import dev.indelible.claims.ClaimSubmission.Related;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Claim.ClaimStatus;
import org.hl7.fhir.r4.model.Claim.DiagnosisComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/// What a well-formed FHIR Claim says, in the words of a [ClaimSubmission].
final class FhirClaimContent {
  private static final String CLAIM_TYPES = "http://terminology.hl7.org/CodeSystem/claim-type";

  private final Claim claim;
  private final String path;
  private final FhirReferences references;
  private final List<Violation> violations = new ArrayList<>();

  FhirClaimContent(Claim claim, String path, FhirReferences references) {
    this.claim = claim;
    this.path = path;
    this.references = references;
  }

  /// @throws Rejection naming every element that cannot be taken
  FhirClaim read() {
    requireStatus();
    FhirClaimLines lines = new FhirClaimLines(claim, path, violations);
    List<Line> read = lines.read();
    ClaimSubmission content =
        new ClaimSubmission(
            claimNumber(),
            claim.getUse().toCode(),
            type(),
            code(claim.getSubType()),
            claim.getStatus().toCode(),
            identity(claim.getPatient(), "patient"),
            identity(claim.getProvider(), "provider"),
            FhirClaimLines.period(claim.getBillablePeriod()),
            lines.currency() == null ? null : new Money(lines.total(), lines.currency()),
            claim.getCreatedElement().getValueAsString(),
            code(claim.getPriority()),
            coverage(),
            related(),
            read,
            claim.getDiagnosis().stream().map(this::diagnosis).toList());
    if (!violations.isEmpty()) {
      throw FhirClaimReader.refused(violations);
    }
    return new FhirClaim(content, path, lines.paths());
  }

  /// Voids are not taken in yet, and a claim entered in error claims nothing.
  private void requireStatus() {
    if (claim.getStatus() != ClaimStatus.ACTIVE && claim.getStatus() != ClaimStatus.DRAFT) {
      add("status", "is neither active nor draft");
    }
  }

  /// The business identifier, else the id that the sender's own system has for the claim.
  private String claimNumber() {
    Optional<String> number =
        claim.getIdentifier().stream()
            .map(org.hl7.fhir.r4.model.Identifier::getValue)
            .filter(value -> value != null && !value.isEmpty())
            .findFirst()
            .or(() -> Optional.ofNullable(claim.getIdElement().getIdPart()));
    if (number.isEmpty()) {
      add("identifier", "is required: the number by which you know the claim");
    }
    return number.orElse("");
  }

  private String type() {
    Optional<String> code =
        claim.getType().getCoding().stream()
            .filter(coding -> CLAIM_TYPES.equals(coding.getSystem()))
            .map(Coding::getCode)
            .filter(each -> each != null && !each.isEmpty())
            .findFirst();
    if (code.isEmpty()) {
      add("type", "has no code of " + CLAIM_TYPES);
    }
    return code.orElse("");
  }

  private Identifier identity(Reference reference, String element) {
    Optional<Identifier> identity = references.identify(reference);
    if (identity.isEmpty()) {
      add(element, "has neither an identifier nor a reference");
    }
    return identity.orElse(new Identifier(null, ""));
  }

  /// The policy that is asked to pay; Synthea knows it by its display only.
  private @Nullable String coverage() {
    return claim.getInsurance().stream()
        .filter(Claim.InsuranceComponent::getFocal)
        .findFirst()
        .map(Claim.InsuranceComponent::getCoverage)
        .flatMap(
            coverage ->
                references
                    .identify(coverage)
                    .map(id -> id.system() == null ? id.value() : id.system() + "|" + id.value())
                    .or(() -> Optional.ofNullable(coverage.getDisplay())))
        .orElse(null);
  }

  private @Nullable Related related() {
    if (!claim.hasRelated()) {
      return null;
    }
    Claim.RelatedClaimComponent first = claim.getRelatedFirstRep();
    Optional<Identifier> other =
        references.identify(first.getClaim()).or(() -> reference(first.getReference()));
    return new Related(
        code(first.getRelationship()), other.map(Identifier::value).orElse(first.getId()));
  }

  private static Optional<Identifier> reference(org.hl7.fhir.r4.model.Identifier identifier) {
    return Optional.ofNullable(identifier.getValue())
        .map(value -> new Identifier(identifier.getSystem(), value));
  }

  private Diagnosis diagnosis(DiagnosisComponent diagnosis) {
    if (diagnosis.hasDiagnosisCodeableConcept()) {
      Coding coding = diagnosis.getDiagnosisCodeableConcept().getCodingFirstRep();
      if (coding.hasCode()) {
        Code code = new Code(coding.getSystem(), coding.getCode());
        return new Diagnosis(diagnosis.getSequence(), code, null);
      }
      String text = diagnosis.getDiagnosisCodeableConcept().getText();
      return new Diagnosis(diagnosis.getSequence(), null, text);
    }
    String reference =
        diagnosis.hasDiagnosisReference()
            ? references
                .identify(diagnosis.getDiagnosisReference())
                .map(Identifier::value)
                .orElse(diagnosis.getDiagnosisReference().getDisplay())
            : null;
    return new Diagnosis(diagnosis.getSequence(), null, reference);
  }

  private static @Nullable String code(CodeableConcept concept) {
    return concept.getCodingFirstRep().hasCode()
        ? concept.getCodingFirstRep().getCode()
        : concept.getText();
  }

  private void add(String element, String message) {
    violations.add(new Violation(path + "." + element, message));
  }
}
