package dev.indelible.claims.submission;

import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Diagnosis;
import dev.indelible.claims.TracedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A diagnosis of a claim.
@Entity
@Immutable
@Table(name = ClaimDiagnosis.TABLE)
class ClaimDiagnosis {
  static final String TABLE = "claim_diagnosis";

  @Id UUID id;

  @Column(name = "claim_id")
  UUID claimId;

  Integer ordinal;
  Integer sequence;

  @Column(name = "code_system")
  @Nullable String codeSystem;

  @Nullable String code;
  @Nullable String reference;

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  ClaimDiagnosis() {}

  static ClaimDiagnosis of(UUID claim, int ordinal, Diagnosis content) {
    ClaimDiagnosis diagnosis = new ClaimDiagnosis();
    diagnosis.id = UUID.randomUUID();
    diagnosis.claimId = claim;
    diagnosis.ordinal = ordinal;
    diagnosis.sequence = content.sequence();
    Code code = content.code();
    diagnosis.codeSystem = code == null ? null : code.system();
    diagnosis.code = code == null ? null : code.code();
    diagnosis.reference = content.reference();
    return diagnosis;
  }

  Diagnosis content() {
    return new Diagnosis(sequence, code == null ? null : new Code(codeSystem, code), reference);
  }

  TracedRow row() {
    return TracedRow.of(TABLE, id)
        .column("claim_id", claimId)
        .column("ordinal", ordinal)
        .column("sequence", sequence)
        .column("code_system", codeSystem)
        .column("code", code)
        .column("reference", reference);
  }
}
