package dev.indelible.claims.fhir;

import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Diagnosis;
import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.ClaimSubmission.Line;
import java.math.BigDecimal;
import java.util.Currency;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.ClaimResponse.ClaimResponseStatus;
import org.hl7.fhir.r4.model.ClaimResponse.RemittanceOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/// What the FHIR interface answers, as JSON.
public final class FhirAnswers {
  /// The media type of FHIR JSON.
  public static final String MEDIA_TYPE = Fhir.JSON;

  private static final String CLAIM_TYPES = "http://terminology.hl7.org/CodeSystem/claim-type";
  private static final String SECURITY =
      "http://terminology.hl7.org/CodeSystem/restful-security-service";
  private static final String SUBMIT = "http://hl7.org/fhir/OperationDefinition/Claim-submit";

  private FhirAnswers() {}

  /// The ClaimResponse of a claim that waits for adjudication.
  ///
  /// @param insurer alias of the organisation
  public static String queued(String id, String at, String insurer, ClaimSubmission claim) {
    ClaimResponse response = new ClaimResponse();
    response.setId(id);
    response.setStatus(ClaimResponseStatus.ACTIVE).setOutcome(RemittanceOutcome.QUEUED);
    response.setType(type(claim)).setUse(ClaimResponse.Use.fromCode(claim.use()));
    response.setPatient(reference(claim.member()));
    response.setCreatedElement(new DateTimeType(at));
    response.setInsurer(new Reference().setDisplay(insurer));
    response.setRequest(new Reference("Claim/" + id));
    response.setDisposition("Stored; the entry waits for the ledger.");
    return encode(response);
  }

  /// The claim as it is stored: what has no column is not repeated.
  public static String claim(String id, ClaimSubmission content) {
    Claim claim = new Claim();
    claim.setId(id);
    claim.addIdentifier().setValue(content.claimNumber());
    claim.setStatus(Claim.ClaimStatus.fromCode(or(content.status(), "active")));
    claim.setType(type(content)).setUse(Claim.Use.fromCode(content.use()));
    claim.setPatient(reference(content.member()));
    claim.setProvider(reference(content.provider()));
    claim.setPriority(concept(null, or(content.priority(), "normal")));
    if (content.created() != null) {
      claim.setCreatedElement(new DateTimeType(content.created()));
    }
    if (content.billablePeriod() != null) {
      claim.setBillablePeriod(period(content.billablePeriod()));
    }
    claim.addInsurance().setSequence(1).setFocal(true);
    claim
        .getInsuranceFirstRep()
        .setCoverage(new Reference().setDisplay(or(content.coverage(), "-")));
    content.diagnoses().forEach(each -> diagnosis(claim.addDiagnosis(), each));
    String currency = content.total() == null ? "" : content.total().currency();
    content.lines().stream()
        .filter(Line::isTopLevel)
        .forEach(line -> item(claim.addItem(), line, currency));
    if (content.total() != null && content.total().minor() != null) {
      claim.setTotal(money(content.total().minor(), currency));
    }
    return encode(claim);
  }

  private static void diagnosis(Claim.DiagnosisComponent to, Diagnosis diagnosis) {
    to.setSequence(diagnosis.sequence());
    Code code = diagnosis.code();
    if (code != null) {
      to.setDiagnosis(concept(code.system(), code.code()));
    } else {
      to.setDiagnosis(new Reference().setDisplay(diagnosis.reference()));
    }
  }

  private static void item(Claim.ItemComponent to, Line line, String currency) {
    to.setSequence(line.sequence());
    to.setProductOrService(concept(line.code().system(), line.code().code()));
    line.modifiers().forEach(code -> to.addModifier(concept(null, code)));
    if (line.serviced() != null) {
      to.setServiced(period(line.serviced()));
    }
    if (line.quantity() != null) {
      to.getQuantity().setValue(new BigDecimal(line.quantity())).setUnit(line.unit());
    }
    if (line.unitPriceMinor() != null) {
      to.setUnitPrice(money(line.unitPriceMinor(), currency));
    }
    if (line.netMinor() != null) {
      to.setNet(money(line.netMinor(), currency));
    }
    if (line.place() != null) {
      to.setLocation(concept(null, line.place()));
    }
  }

  /// What this interface can do; public, as FHIR requires.
  public static String capabilities() {
    CapabilityStatement statement = new CapabilityStatement();
    statement.setStatus(PublicationStatus.ACTIVE).setKind(CapabilityStatementKind.INSTANCE);
    statement.setDateElement(new DateTimeType("2026-11-28"));
    statement.setFhirVersion(FHIRVersion._4_0_1).addFormat("json");
    statement.getSoftware().setName("Indelible claims-service");
    statement.getImplementation().setDescription("Claims, anchored in a transparency log");
    CapabilityStatementRestComponent rest = statement.addRest();
    rest.setMode(RestfulCapabilityMode.SERVER);
    rest.getSecurity().addService(concept(SECURITY, "SMART-on-FHIR"));
    rest.getSecurity()
        .setDescription(
            "OAuth 2 tokens, role claim-submitter, adjudicator, privacy-officer or patient. Of machines"
                + " also scopes, as .well-known/smart-configuration says, and a proof with each request"
                + " (RFC 9449).");
    CapabilityStatementRestResourceComponent resource = rest.addResource().setType("Claim");
    resource.addInteraction().setCode(TypeRestfulInteraction.CREATE);
    resource.addInteraction().setCode(TypeRestfulInteraction.READ);
    resource.addOperation().setName("submit").setDefinition(SUBMIT);
    resource.setProfileElement(new CanonicalType("http://hl7.org/fhir/StructureDefinition/Claim"));
    rest.addResource().setType("Consent").addInteraction().setCode(TypeRestfulInteraction.READ);
    auditEvents(rest.addResource().setType("AuditEvent"));
    return encode(statement);
  }

  private static void auditEvents(CapabilityStatementRestResourceComponent resource) {
    resource.addInteraction().setCode(TypeRestfulInteraction.READ);
    resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
    resource.setDocumentation(
        "Searches are strict: what is unknown, or cannot be read, is refused. What was found is in"
            + " the order of time. Each answer is an AuditEvent as well.");
    FhirAuditSearch.PARAMETERS.forEach(
        each ->
            resource
                .addSearchParam()
                .setName(each.name().replaceFirst(":.*", ""))
                .setType(each.type())
                .setDocumentation(each.documentation()));
  }

  private static CodeableConcept type(ClaimSubmission claim) {
    return concept(CLAIM_TYPES, claim.type());
  }

  private static CodeableConcept concept(@Nullable String system, String code) {
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setSystem(system).setCode(code);
    return concept;
  }

  private static Reference reference(Identifier identifier) {
    Reference reference = new Reference();
    reference.getIdentifier().setSystem(identifier.system()).setValue(identifier.value());
    return reference;
  }

  private static Period period(ClaimSubmission.Period period) {
    Period result = new Period();
    if (period.from() != null) {
      result.setStartElement(new DateTimeType(period.from()));
    }
    if (period.to() != null) {
      result.setEndElement(new DateTimeType(period.to()));
    }
    return result;
  }

  private static Money money(long minor, String currency) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    return new Money().setValue(BigDecimal.valueOf(minor, digits)).setCurrency(currency);
  }

  private static String or(@Nullable String text, String other) {
    return text == null ? other : text;
  }

  private static String encode(Resource resource) {
    return Fhir.R4.newJsonParser().encodeResourceToString(resource);
  }
}
