package dev.indelible.local.compliance;

import java.util.Set;

/// A test as it ended.
///
/// @param name simple name of its class
/// @param tags what it is tagged with
/// @param result how it ended
record TaggedTest(String name, Set<String> tags, Result result) {
  /// The results of Open Test Reporting.
  enum Result {
    SUCCESSFUL,
    SKIPPED,
    ABORTED,
    FAILED,
    ERRORED
  }
}
