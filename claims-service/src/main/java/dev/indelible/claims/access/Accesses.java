package dev.indelible.claims.access;

import dev.indelible.anchoring.AnchorState;
import dev.indelible.anchoring.AnchorStatus;
import dev.indelible.anchoring.AnchoringProblem;
import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.AccessStatement.Member;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The access history as an insurer's privacy officer reads it. It tells who saw which claim and
/// nothing of what a claim says, so reading it is no event.
@ApplicationScoped
public class Accesses {
  private static final AnchorState WAITING = new AnchorState(AnchorStatus.PENDING, null, null);

  private final AccessStore store;
  private final Anchors anchors;

  @Inject
  Accesses(AccessStore store, Anchors anchors) {
    this.store = store;
    this.anchors = anchors;
  }

  /// An event and how far its statement has come.
  public record Recorded(AccessEvent event, AnchorState anchor) {}

  /// A statement with one event, for proving that event.
  ///
  /// @param id of the statement
  /// @param prefix what the pointers of the event's fields begin with
  public record Evidence(UUID id, TracedStatement statement, String prefix) {
    /// Whether a field may be shown: the event's own, and those about the statement as a whole.
    public boolean shows(String pointer) {
      return pointer.startsWith(prefix) || !pointer.startsWith("/events/");
    }
  }

  /// The events of the organisation's claims after a place in the order of time.
  public List<Recorded> list(String organisation, Cursor after, int limit) {
    return recorded(store.list(organisation, after, limit));
  }

  /// Those of one claim, which need not be there any more.
  public List<Recorded> list(UUID claim, String organisation, Cursor after, int limit) {
    return recorded(store.list(claim, organisation, after, limit));
  }

  /// The events of claims that are about a patient, of all insurers. Those of an erased claim are
  /// about nobody.
  public List<Recorded> ofPatient(Caller patient, Cursor after, int limit) {
    return recorded(store.ofPatient(patient.subject(), after, limit));
  }

  /// One of the organisation's.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's, indistinguishably
  public AccessEvent get(UUID id, String organisation) {
    return member(id, organisation).event();
  }

  /// What proves it.
  ///
  /// @throws Rejection (404) also while it is in no statement
  public Evidence evidence(UUID id, String organisation) {
    return evidence(id, member(id, organisation));
  }

  /// What proves an event of a claim that is about a patient.
  ///
  /// @throws Rejection (404) likewise
  public Evidence evidence(UUID id, Caller patient) {
    return evidence(
        id, store.findOfPatient(id, patient.subject()).orElseThrow(Rejection::notFound));
  }

  private Evidence evidence(UUID id, Member member) {
    UUID sealed = member.statement();
    if (sealed == null) {
      throw Rejection.of(AnchoringProblem.NOT_ANCHORED_YET, "Its hour is not over.");
    }
    List<Member> members = store.members(sealed);
    int place = members.stream().map(each -> each.event().id()).toList().indexOf(id);
    return new Evidence(
        sealed,
        store.statement(sealed).orElseThrow(Rejection::notFound).statement(members),
        AccessStatement.prefix(place) + "/");
  }

  private Member member(UUID id, String organisation) {
    return store.find(id, organisation).orElseThrow(Rejection::notFound);
  }

  private List<Recorded> recorded(List<Member> members) {
    Map<UUID, AnchorState> states = new HashMap<>();
    return members.stream()
        .map(member -> new Recorded(member.event(), state(member.statement(), states)))
        .toList();
  }

  private AnchorState state(@Nullable UUID statement, Map<UUID, AnchorState> known) {
    return statement == null ? WAITING : known.computeIfAbsent(statement, anchors::state);
  }
}
