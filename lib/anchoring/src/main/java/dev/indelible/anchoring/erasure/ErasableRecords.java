package dev.indelible.anchoring.erasure;

import java.util.List;
import java.util.UUID;

/// The records of a service, for erasing them: implemented by the feature that knows all tables in
/// which a record leaves traces.
public interface ErasableRecords {
  /// Deletes the record's rows, and whatever else can be guessed from, in the transaction at hand.
  ///
  /// @return the statements that were made about these rows
  List<UUID> delete(RecordKey record);
}
