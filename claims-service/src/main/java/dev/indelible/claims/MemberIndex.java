package dev.indelible.claims;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.MatchKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// By which a member's rows are found though the member's number is encrypted: a keyed digest, the
/// same for the same member. Its key never changes, since the digest is a field of statements, and
/// is nobody's but this service's: whoever has it can test guesses of numbers.
@ApplicationScoped
public class MemberIndex {
  private static final String NAME = "member";

  private final MatchKey key;

  /// @param file with the base64 of the 32 bytes of the key
  @Inject
  MemberIndex(@ConfigProperty(name = "indelible.claims.member-index-key") Path file)
      throws IOException {
    this.key = new MatchKey(Base64.getMimeDecoder().decode(Files.readAllBytes(file)), 1);
  }

  /// The digest, in the form of [match tokens][MatchKey].
  public Bytes of(Member member) {
    String system = member.system();
    String[] parts =
        system == null
            ? new String[] {member.organisation(), member.value()}
            : new String[] {member.organisation(), system, member.value()};
    return Bytes.of(key.alert(NAME, parts).digest().bytes());
  }
}
