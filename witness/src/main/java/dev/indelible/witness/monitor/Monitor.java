package dev.indelible.witness.monitor;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.SignedHead;
import dev.indelible.witness.tiles.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at every place and compares what it shows.
///
/// @param policy whose signatures count
/// @param origin the log
/// @param places where it is shown
record Monitor(TrustPolicy policy, String origin, List<Place> places) {
  Monitor {
    places = List.copyOf(places);
  }

  /// @param memory what an earlier round saw
  Round look(Optional<Place> memory) throws IOException, InterruptedException {
    List<Place> all = new ArrayList<>(places);
    memory.ifPresent(all::add);
    List<View> views = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Place place : all) {
      try {
        views.add(view(place));
      } catch (UnavailableException e) {
        findings.add(Finding.unchecked(place.name(), e.place() + ": " + e.getMessage()));
      } catch (VerificationException e) {
        findings.add(Finding.unchecked(place.name(), e.reason() + ": " + e.getMessage()));
      }
    }
    if (views.size() == 1) {
      findings.add(
          Finding.unchecked(views.getFirst().place().name(), "nothing to compare it with"));
    }
    Round round = new Comparison(views).run();
    findings.addAll(round.findings());
    return new Round(round.views(), round.connected(), round.fork(), findings);
  }

  private View view(Place place) throws IOException, InterruptedException, VerificationException {
    String hash = Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex();
    SignedHead signed = SignedHead.of(place.checkpoint(hash), policy);
    if (!signed.origin().equals(origin)) {
      throw new UnavailableException(
          "checkpoint", "it is of another log, " + signed.origin(), false);
    }
    return new View(place, signed);
  }
}
