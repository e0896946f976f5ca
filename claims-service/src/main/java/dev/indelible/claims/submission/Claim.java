package dev.indelible.claims.submission;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.ClaimSubmission.Money;
import dev.indelible.claims.ClaimSubmission.Period;
import dev.indelible.claims.ClaimSubmission.Related;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.TracedRow;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A claim as it was submitted: immutable, every column part of its statement.
@Entity
@Immutable
class Claim {
  static final String TABLE = "claim";

  @Id UUID id;
  UUID record;
  String organisation;

  @Column(name = "submitted_by")
  String submittedBy;

  @Column(name = "submitted_at")
  String submittedAt;

  @Column(name = "source_format")
  String sourceFormat;

  @Column(name = "source_sha256")
  String sourceSha256;

  @Column(name = "claim_number")
  Bytes claimNumber;

  @Column(name = "claim_use")
  String use;

  @Column(name = "claim_type")
  String type;

  @Column(name = "sub_type")
  @Nullable String subType;

  String status;

  @Column(name = "member_system")
  @Nullable String memberSystem;

  @Column(name = "member_value")
  Bytes memberValue;

  /// See [dev.indelible.claims.MemberIndex].
  @Column(name = "member_index")
  Bytes memberIndex;

  @Column(name = "provider_system")
  @Nullable String providerSystem;

  @Column(name = "provider_value")
  String providerValue;

  @Column(name = "billable_from")
  @Nullable String billableFrom;

  @Column(name = "billable_to")
  @Nullable String billableTo;

  @Nullable String currency;

  @Column(name = "total_minor")
  @Nullable Long totalMinor;

  @Nullable String created;
  @Nullable String priority;
  @Nullable Bytes coverage;

  @Column(name = "related_relationship")
  @Nullable String relatedRelationship;

  @Column(name = "related_claim")
  @Nullable Bytes relatedClaim;

  @OneToMany(cascade = CascadeType.PERSIST)
  @JoinColumn(name = "claim_id", insertable = false, updatable = false)
  @OrderBy("ordinal, id")
  @BatchSize(size = Claims.PAGE)
  List<ClaimLine> lines = new ArrayList<>();

  @OneToMany(cascade = CascadeType.PERSIST)
  @JoinColumn(name = "claim_id", insertable = false, updatable = false)
  @OrderBy("ordinal, id")
  @BatchSize(size = Claims.PAGE)
  List<ClaimDiagnosis> diagnoses = new ArrayList<>();

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  Claim() {}

  /// @param key under which what tells of a person is encrypted
  static Claim of(RecordKey name, DataKey key, ClaimSubmission content, Origin origin) {
    Claim claim = new Claim();
    claim.id = name.row();
    claim.record = name.record();
    claim.organisation = name.organisation();
    claim.submittedBy = origin.subject();
    claim.submittedAt = origin.at();
    claim.sourceFormat = origin.format().word();
    claim.sourceSha256 = origin.bodySha256();
    Optional<DataKey> own = Optional.of(key);
    claim.describe(content, claim.cells(own));
    for (int i = 0; i < content.lines().size(); i++) {
      claim.lines.add(ClaimLine.of(claim.id, i, content.lines().get(i), own));
    }
    for (int i = 0; i < content.diagnoses().size(); i++) {
      claim.diagnoses.add(ClaimDiagnosis.of(claim.id, i, content.diagnoses().get(i), own));
    }
    return claim;
  }

  private EncryptedRow cells(Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  private void describe(ClaimSubmission content, EncryptedRow cells) {
    claimNumber = cells.encrypt("claim_number", content.claimNumber());
    use = content.use();
    type = content.type();
    subType = content.subType();
    status = content.status() == null ? "active" : content.status();
    memberSystem = content.member().system();
    memberValue = cells.encrypt("member_value", content.member().value());
    providerSystem = content.provider().system();
    providerValue = content.provider().value();
    Period period = content.billablePeriod();
    billableFrom = period == null ? null : period.from();
    billableTo = period == null ? null : period.to();
    Money total = content.total();
    currency = total == null ? null : total.currency();
    totalMinor = total == null ? null : total.minor();
    created = content.created();
    priority = content.priority();
    coverage = cells.encryptNullable("coverage", content.coverage());
    Related related = content.related();
    relatedRelationship = related == null ? null : related.relationship();
    relatedClaim = related == null ? null : cells.encryptNullable("related_claim", related.claim());
  }

  /// The claim as other features see it.
  FiledClaim filed(Optional<DataKey> key) {
    return new FiledClaim(id, record, organisation, submittedAt, content(key));
  }

  RecordKey key() {
    return new RecordKey(record, id, organisation);
  }

  private ClaimSubmission content(Optional<DataKey> key) {
    EncryptedRow cells = cells(key);
    return new ClaimSubmission(
        cells.decrypt("claim_number", claimNumber),
        use,
        type,
        subType,
        status,
        new Identifier(memberSystem, cells.decrypt("member_value", memberValue)),
        new Identifier(providerSystem, providerValue),
        billableFrom == null && billableTo == null ? null : new Period(billableFrom, billableTo),
        currency == null ? null : new Money(totalMinor, currency),
        created,
        priority,
        cells.decryptNullable("coverage", coverage),
        relatedRelationship == null && relatedClaim == null
            ? null
            : new Related(
                relatedRelationship, cells.decryptNullable("related_claim", relatedClaim)),
        lines.stream().map(line -> line.content(key)).toList(),
        diagnoses.stream().map(diagnosis -> diagnosis.content(key)).toList());
  }

  /// The row, column by column.
  TracedRow row(Optional<DataKey> key) {
    EncryptedRow cells = cells(key);
    return TracedRow.of(TABLE, id)
        .column("record", record)
        .column("organisation", organisation)
        .column("submitted_by", submittedBy)
        .column("submitted_at", submittedAt)
        .column("source_format", sourceFormat)
        .column("source_sha256", sourceSha256)
        .column("claim_number", cells.decrypt("claim_number", claimNumber))
        .column("claim_use", use)
        .column("claim_type", type)
        .column("sub_type", subType)
        .column("status", status)
        .column("member_system", memberSystem)
        .column("member_value", cells.decrypt("member_value", memberValue))
        .column("member_index", memberIndex)
        .column("provider_system", providerSystem)
        .column("provider_value", providerValue)
        .column("billable_from", billableFrom)
        .column("billable_to", billableTo)
        .column("currency", currency)
        .column("total_minor", totalMinor)
        .column("created", created)
        .column("priority", priority)
        .column("coverage", cells.decryptNullable("coverage", coverage))
        .column("related_relationship", relatedRelationship)
        .column("related_claim", cells.decryptNullable("related_claim", relatedClaim));
  }
}
