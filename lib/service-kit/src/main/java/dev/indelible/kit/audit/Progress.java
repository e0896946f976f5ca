package dev.indelible.kit.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// How far the audit at hand is. Shown in health, so that whoever asked for the audit can be told
/// while it runs.
@ApplicationScoped
public class Progress {
  /// A part of the audit.
  ///
  /// @param what is counted, as a plural
  /// @param done how many were looked at
  /// @param of how many there were when the part began
  public record Part(String what, long done, long of) {}

  private volatile Optional<Part> now = Optional.empty();

  /// So far it is.
  public void reached(String what, long done, long of) {
    now = Optional.of(new Part(what, done, of));
  }

  /// No audit runs any more.
  public void over() {
    now = Optional.empty();
  }

  /// The part at hand, while an audit runs.
  public Optional<Part> now() {
    return now;
  }
}
