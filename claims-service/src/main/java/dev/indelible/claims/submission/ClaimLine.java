package dev.indelible.claims.submission;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Period;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.TracedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A line of a claim, or a detail of one.
@Entity
@Immutable
@Table(name = ClaimLine.TABLE)
class ClaimLine {
  static final String TABLE = "claim_line";

  @Id UUID id;

  @Column(name = "claim_id")
  UUID claimId;

  Integer ordinal;
  Integer sequence;
  @Nullable Integer detail;

  @Column(name = "sub_detail")
  @Nullable Integer subDetail;

  @Column(name = "code_system")
  @Nullable String codeSystem;

  String code;
  @Nullable String modifiers;

  @Column(name = "serviced_from")
  @Nullable String servicedFrom;

  @Column(name = "serviced_to")
  @Nullable String servicedTo;

  @Nullable String quantity;

  @Column(name = "quantity_unit")
  @Nullable String unit;

  @Nullable String factor;

  @Column(name = "unit_price_minor")
  @Nullable Long unitPriceMinor;

  @Column(name = "net_minor")
  @Nullable Long netMinor;

  @Nullable String place;
  @Nullable String revenue;

  @Column(name = "body_site")
  @Nullable String bodySite;

  @Nullable Bytes prescription;

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  ClaimLine() {}

  static ClaimLine of(UUID claim, int ordinal, Line content, Optional<DataKey> key) {
    ClaimLine line = new ClaimLine();
    line.id = UUID.randomUUID();
    line.claimId = claim;
    line.ordinal = ordinal;
    line.sequence = content.sequence();
    line.detail = content.detail();
    line.subDetail = content.subDetail();
    line.describe(content);
    line.prescription = line.cells(key).encryptNullable("prescription", content.prescription());
    return line;
  }

  private void describe(Line content) {
    codeSystem = content.code().system();
    code = content.code().code();
    modifiers = content.modifiers().isEmpty() ? null : String.join(" ", content.modifiers());
    Period serviced = content.serviced();
    servicedFrom = serviced == null ? null : serviced.from();
    servicedTo = serviced == null ? null : serviced.to();
    quantity = content.quantity();
    unit = content.unit();
    factor = content.factor();
    unitPriceMinor = content.unitPriceMinor();
    netMinor = content.netMinor();
    place = content.place();
    revenue = content.revenue();
    bodySite = content.bodySite();
  }

  private EncryptedRow cells(Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  Line content(Optional<DataKey> key) {
    return new Line(
        sequence,
        detail,
        subDetail,
        new Code(codeSystem, code),
        modifiers == null ? List.of() : List.of(modifiers.split(" ")),
        servicedFrom == null && servicedTo == null ? null : new Period(servicedFrom, servicedTo),
        quantity,
        unit,
        factor,
        unitPriceMinor,
        netMinor,
        place,
        revenue,
        bodySite,
        cells(key).decryptNullable("prescription", prescription));
  }

  TracedRow row(Optional<DataKey> key) {
    return TracedRow.of(TABLE, id)
        .column("claim_id", claimId)
        .column("ordinal", ordinal)
        .column("sequence", sequence)
        .column("detail", detail)
        .column("sub_detail", subDetail)
        .column("code_system", codeSystem)
        .column("code", code)
        .column("modifiers", modifiers)
        .column("serviced_from", servicedFrom)
        .column("serviced_to", servicedTo)
        .column("quantity", quantity)
        .column("quantity_unit", unit)
        .column("factor", factor)
        .column("unit_price_minor", unitPriceMinor)
        .column("net_minor", netMinor)
        .column("place", place)
        .column("revenue", revenue)
        .column("body_site", bodySite)
        .column("prescription", cells(key).decryptNullable("prescription", prescription));
  }
}
