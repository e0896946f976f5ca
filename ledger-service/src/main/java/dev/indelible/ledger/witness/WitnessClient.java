package dev.indelible.ledger.witness;

import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.witness.WitnessAnswer.Cosigned;
import dev.indelible.ledger.witness.WitnessAnswer.Fork;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.ledger.witness.WitnessAnswer.Silent;
import dev.indelible.ledger.witness.WitnessAnswer.Unclear;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Speaks C2SP tlog-witness v1.0.0 to one witness at a time.
@ApplicationScoped
class WitnessClient {
  private static final long MAX_ANSWER_BYTES = 64 * 1024;

  private final HttpClient http = HttpClient.newHttpClient();
  private final LedgerConfig config;
  private final MeterRegistry meters;

  WitnessClient(LedgerConfig config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
  }

  /// This witness of a policy that says where it is. Its notes carry the log's own signatures only:
  /// some witnesses read at most 16 KiB.
  WitnessSide side(Witness witness) {
    return new WitnessSide() {
      @Override
      public String name() {
        return witness.name();
      }

      @Override
      public WitnessAnswer addCheckpoint(ConsistencyProof proof, SignedNote note)
          throws InterruptedException {
        return WitnessClient.this.addCheckpoint(witness, proof, note);
      }

      @Override
      public Optional<SignedNote> lastCheckpoint(String origin) throws InterruptedException {
        return WitnessClient.this.lastCheckpoint(witness, origin);
      }
    };
  }

  private WitnessAnswer addCheckpoint(Witness witness, ConsistencyProof proof, SignedNote note)
      throws InterruptedException {
    Timer.Sample sample = Timer.start(meters);
    String status = "none";
    try {
      HttpResponse<String> response = post(witness, body(proof, note));
      status = Integer.toString(response.statusCode());
      return answer(witness, note, response);
    } catch (IOException | IllegalArgumentException e) {
      return new Silent(e.getClass().getSimpleName() + ": " + e.getMessage());
    } finally {
      sample.stop(meters.timer("ledger.witness", "witness", witness.name()));
      meters
          .counter("ledger.witness.requests", "witness", witness.name(), "status", status)
          .increment();
    }
  }

  private HttpResponse<String> post(Witness witness, String body)
      throws IOException, InterruptedException {
    return send(request(witness, "/add-checkpoint").POST(BodyPublishers.ofString(body)));
  }

  /// A policy names one address, which is that of submission; a witness that shows its checkpoints
  /// elsewhere shows us none.
  private Optional<SignedNote> lastCheckpoint(Witness witness, String origin)
      throws InterruptedException {
    String hash = Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex();
    try {
      HttpResponse<String> response = send(request(witness, "/" + hash + "/checkpoint"));
      return response.statusCode() == 200
          ? Optional.of(SignedNote.parse(response.body()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private HttpRequest.Builder request(Witness witness, String path) {
    String url = witness.url().orElseThrow(() -> new IllegalArgumentException("no URL"));
    return HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + path))
        .timeout(config.witnessWithin());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
  }

  private static String body(ConsistencyProof proof, SignedNote note) {
    StringBuilder body = new StringBuilder("old " + proof.from() + "\n");
    proof.path().forEach(hash -> body.append(hash.toBase64()).append('\n'));
    return body.append('\n').append(note.print()).toString();
  }

  private static WitnessAnswer answer(
      Witness witness, SignedNote note, HttpResponse<String> response) {
    return switch (response.statusCode()) {
      case 200 -> cosigned(witness, note, response.body());
      case 409 -> conflict(response);
      case 422 -> new Fork("status 422");
      default -> new Silent("status " + response.statusCode());
    };
  }

  private static WitnessAnswer conflict(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    String body = response.body();
    return type.equals("text/x.tlog.size") && body.matches("(0|[1-9][0-9]{0,17})\n")
        ? new Knows(Long.parseLong(body.strip()))
        : new Unclear("status 409 without a size");
  }

  /// The line of the key that the policy names; what else the witness signs with is its own affair.
  private static WitnessAnswer cosigned(Witness witness, SignedNote note, String lines) {
    SignedNote answer = SignedNote.parse(note.text() + "\n" + lines);
    Optional<NoteSignature> line =
        answer.signatures().stream()
            .filter(witness.key()::claims)
            .filter(claimed -> witness.key().time(claimed) > 0)
            .filter(claimed -> witness.key().verify(note.text(), claimed))
            .findFirst();
    return line.<WitnessAnswer>map(Cosigned::new)
        .orElseGet(() -> new Silent("no cosignature that holds"));
  }
}
