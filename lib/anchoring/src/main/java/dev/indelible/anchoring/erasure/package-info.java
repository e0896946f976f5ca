/// Erasing records: what goes, what stays, what forbids it, and what the log hears of it. A service
/// switches it on with `indelible.erasure.enabled` and the migrations `db/erasure`, and says in
/// [dev.indelible.anchoring.erasure.ErasableRecords] which rows its records are.
@NullMarked
package dev.indelible.anchoring.erasure;

import org.jspecify.annotations.NullMarked;
