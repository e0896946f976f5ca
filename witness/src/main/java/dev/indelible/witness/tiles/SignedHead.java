package dev.indelible.witness.tiles;

import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import java.io.IOException;
import java.time.Duration;

/// A checkpoint that was read somewhere and whose signatures hold under a policy.
///
/// @param text the note as it was read
/// @param opened what it says and who cosigned
public record SignedHead(String text, OpenedCheckpoint opened) {
  /// A log that grows all the time shows its newest block before the witnesses have answered.
  private static final int ASKED_FOR_A_QUORUM = 40;

  private static final Duration BETWEEN = Duration.ofMillis(250);

  /// Judges a note.
  public static SignedHead of(String text, TrustPolicy policy) throws VerificationException {
    SignedNote note;
    try {
      note = SignedNote.parse(text);
    } catch (IllegalArgumentException e) {
      throw new VerificationException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
    return new SignedHead(text, policy.open(note));
  }

  /// The log's checkpoint of this moment, or of one soon after, so that it has its quorum.
  ///
  /// @return without a quorum when there is none after ten seconds
  public static SignedHead newest(LogClient log, TrustPolicy policy, Patience.Sleeper sleeper)
      throws IOException, InterruptedException, VerificationException {
    SignedHead head = of(log.checkpoint(), policy);
    for (int i = 1; i < ASKED_FOR_A_QUORUM && !head.opened.witnessed(); i++) {
      sleeper.sleep(BETWEEN);
      head = of(log.checkpoint(), policy);
    }
    return head;
  }

  /// Name of the log.
  public String origin() {
    return opened.checkpoint().origin();
  }

  /// Size and root.
  public TreeHead head() {
    return opened.checkpoint().head();
  }

  /// Why a note was not accepted, as something to report.
  public static Finding finding(VerificationException e) {
    String message = e.reason() + ": " + e.getMessage();
    return e.reason().isContradiction()
        ? Finding.wrong("checkpoint", message)
        : Finding.unchecked("checkpoint", message);
  }
}
