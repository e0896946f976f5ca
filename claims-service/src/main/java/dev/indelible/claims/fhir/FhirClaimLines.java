package dev.indelible.claims.fhir;

import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Period;
import dev.indelible.kit.problem.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Claim.DetailComponent;
import org.hl7.fhir.r4.model.Claim.ItemComponent;
import org.hl7.fhir.r4.model.Claim.SubDetailComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/// The items of a FHIR Claim as lines: items, their details and their sub-details, one after the
/// other. Also the one currency that all amounts of the claim must have.
final class FhirClaimLines {
  private final Claim claim;
  private final String path;
  private final List<Violation> violations;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private @Nullable String currency;
  private @Nullable Long total;

  FhirClaimLines(Claim claim, String path, List<Violation> violations) {
    this.claim = claim;
    this.path = path;
    this.violations = violations;
  }

  /// What items, details and sub-details have in common.
  private record Service(
      CodeableConcept product,
      List<CodeableConcept> modifiers,
      Quantity quantity,
      @Nullable BigDecimal factor,
      Money unitPrice,
      Money net,
      CodeableConcept revenue) {}

  List<Line> read() {
    total = amount(claim.getTotal(), path + ".total");
    for (int i = 0; i < claim.getItem().size(); i++) {
      item(claim.getItem().get(i), path + ".item[" + i + "]");
    }
    return lines;
  }

  List<String> paths() {
    return paths;
  }

  @Nullable String currency() {
    return currency;
  }

  @Nullable Long total() {
    return total;
  }

  private void item(ItemComponent item, String at) {
    Service service =
        new Service(
            item.getProductOrService(),
            item.getModifier(),
            item.getQuantity(),
            item.getFactor(),
            item.getUnitPrice(),
            item.getNet(),
            item.getRevenue());
    add(service, Place.of(item), at);
    for (int i = 0; i < item.getDetail().size(); i++) {
      detail(item, item.getDetail().get(i), at + ".detail[" + i + "]");
    }
  }

  private void detail(ItemComponent item, DetailComponent detail, String at) {
    Service service =
        new Service(
            detail.getProductOrService(),
            detail.getModifier(),
            detail.getQuantity(),
            detail.getFactor(),
            detail.getUnitPrice(),
            detail.getNet(),
            detail.getRevenue());
    add(service, Place.of(item).within(detail.getSequence(), null), at);
    for (int i = 0; i < detail.getSubDetail().size(); i++) {
      SubDetailComponent sub = detail.getSubDetail().get(i);
      Place place = Place.of(item).within(detail.getSequence(), sub.getSequence());
      add(service(sub), place, at + ".subDetail[" + i + "]");
    }
  }

  private static Service service(SubDetailComponent sub) {
    return new Service(
        sub.getProductOrService(),
        sub.getModifier(),
        sub.getQuantity(),
        sub.getFactor(),
        sub.getUnitPrice(),
        sub.getNet(),
        sub.getRevenue());
  }

  /// Where a line stands: details share day, place and body site with their item.
  private record Place(ItemComponent item, @Nullable Integer detail, @Nullable Integer subDetail) {
    static Place of(ItemComponent item) {
      return new Place(item, null, null);
    }

    Place within(int detailSequence, @Nullable Integer subDetailSequence) {
      return new Place(item, detailSequence, subDetailSequence);
    }
  }

  private void add(Service service, Place place, String at) {
    ItemComponent item = place.item();
    paths.add(at);
    lines.add(
        new Line(
            item.getSequence(),
            place.detail(),
            place.subDetail(),
            product(service.product(), at + ".productOrService"),
            service.modifiers().stream().flatMap(FhirClaimLines::modifier).toList(),
            serviced(item.getServiced()),
            decimal(service.quantity().getValue()),
            Optional.ofNullable(service.quantity().getCode()).orElse(service.quantity().getUnit()),
            decimal(service.factor()),
            amount(service.unitPrice(), at + ".unitPrice"),
            amount(service.net(), at + ".net"),
            place(item.getLocation()),
            code(service.revenue()),
            bodySite(item),
            claim.getPrescription().getReferenceElement_().getValue()));
  }

  private Code product(CodeableConcept concept, String at) {
    Optional<Coding> coding = concept.getCoding().stream().filter(Coding::hasCode).findFirst();
    if (coding.isEmpty()) {
      violations.add(new Violation(at, "has no code"));
    }
    return coding.map(c -> new Code(c.getSystem(), c.getCode())).orElse(new Code(null, ""));
  }

  private static Stream<String> modifier(CodeableConcept concept) {
    return concept.getCoding().stream()
        .filter(Coding::hasCode)
        .limit(1)
        .map(coding -> coding.getCode().replace(' ', '_'));
  }

  static @Nullable Period period(org.hl7.fhir.r4.model.Period period) {
    return period.isEmpty()
        ? null
        : new Period(
            period.getStartElement().getValueAsString(), period.getEndElement().getValueAsString());
  }

  private static @Nullable Period serviced(@Nullable Type serviced) {
    return switch (serviced) {
      case DateType date -> new Period(date.getValueAsString(), null);
      case org.hl7.fhir.r4.model.Period period -> period(period);
      case null, default -> null;
    };
  }

  private static @Nullable String place(@Nullable Type location) {
    return switch (location) {
      case CodeableConcept concept -> code(concept);
      case Reference reference ->
          Optional.ofNullable(reference.getReferenceElement_().getValue())
              .orElse(reference.getDisplay());
      case null, default -> null;
    };
  }

  /// Tooth and surfaces tell two fillings of one day apart.
  private static @Nullable String bodySite(ItemComponent item) {
    String site =
        Stream.concat(Stream.of(item.getBodySite()), item.getSubSite().stream())
            .map(FhirClaimLines::code)
            .filter(code -> code != null)
            .collect(Collectors.joining(":"));
    return site.isEmpty() ? null : site;
  }

  private static @Nullable String code(CodeableConcept concept) {
    Coding coding = concept.getCodingFirstRep();
    return coding.hasCode() ? coding.getCode() : concept.getText();
  }

  private static @Nullable String decimal(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }

  private @Nullable Long amount(Money money, String at) {
    if (!money.hasValue()) {
      return null;
    }
    if (!money.hasCurrency()) {
      violations.add(new Violation(at + ".currency", "is required"));
      return null;
    }
    if (currency == null) {
      currency = money.getCurrency();
    }
    if (!money.getCurrency().equals(currency)) {
      violations.add(new Violation(at + ".currency", "is not the claim's currency"));
    }
    try {
      return FhirMoney.minor(money);
    } catch (ArithmeticException e) {
      violations.add(new Violation(at + ".value", "is finer than the currency, or too large"));
    } catch (IllegalArgumentException e) {
      violations.add(new Violation(at + ".currency", "is not a currency of ISO 4217"));
    }
    return null;
  }
}
