package dev.indelible.claims.submission;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Diagnosis;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.claims.TracedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
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

  @Nullable Bytes code;
  @Nullable Bytes reference;

  /// For the persistence provider, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  ClaimDiagnosis() {}

  static ClaimDiagnosis of(UUID claim, int ordinal, Diagnosis content, Optional<DataKey> key) {
    ClaimDiagnosis diagnosis = new ClaimDiagnosis();
    diagnosis.id = UUID.randomUUID();
    diagnosis.claimId = claim;
    diagnosis.ordinal = ordinal;
    diagnosis.sequence = content.sequence();
    Code code = content.code();
    diagnosis.codeSystem = code == null ? null : code.system();
    EncryptedRow cells = diagnosis.cells(key);
    diagnosis.code = code == null ? null : cells.encrypt("code", code.code());
    diagnosis.reference = cells.encryptNullable("reference", content.reference());
    return diagnosis;
  }

  private EncryptedRow cells(Optional<DataKey> key) {
    return new EncryptedRow(TABLE, id, key);
  }

  Diagnosis content(Optional<DataKey> key) {
    EncryptedRow cells = cells(key);
    return new Diagnosis(
        sequence,
        code == null ? null : new Code(codeSystem, cells.decrypt("code", code)),
        cells.decryptNullable("reference", reference));
  }

  TracedRow row(Optional<DataKey> key) {
    return TracedRow.of(TABLE, id)
        .column("claim_id", claimId)
        .column("ordinal", ordinal)
        .column("sequence", sequence)
        .column("code_system", codeSystem)
        .column("code", cells(key).decryptNullable("code", code))
        .column("reference", cells(key).decryptNullable("reference", reference));
  }
}
