package dev.indelible.claims.access;

import dev.indelible.anchoring.AnchorState;
import dev.indelible.anchoring.AnchorStatus;
import dev.indelible.anchoring.AnchoringProblem;
import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.Moment;
import dev.indelible.claims.access.AccessStatement.Member;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The access history as an insurer's privacy officer reads it, which is an event of it: one for
/// each request, whatever it shows. Patients read what is about themselves, which is none.
@ApplicationScoped
public class Accesses {
  private static final AnchorState WAITING = new AnchorState(AnchorStatus.PENDING, null, null);

  private final AccessStore store;
  private final AccessHistory history;
  private final Anchors anchors;
  private final Clock clock;

  @Inject
  Accesses(AccessStore store, AccessHistory history, Anchors anchors, Clock clock) {
    this.store = store;
    this.history = history;
    this.anchors = anchors;
    this.clock = clock;
  }

  /// An event and how far its statement has come.
  public record Recorded(AccessEvent event, AnchorState anchor) {}

  /// Events in the order of time.
  ///
  /// @param next where the next page begins; none on the last one
  public record Page(List<Recorded> events, Optional<Cursor> next) {}

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

  /// Events of the organisation's claims, which need not be there any more, after a place in the
  /// order of time. A walk from page to page ends with what was there when it began: each of its
  /// pages adds an event.
  @Transactional(Transactional.TxType.MANDATORY)
  public Page list(Access access, AccessFilter filter, Cursor after, int limit) {
    String organisation = access.caller().requireOrganisation();
    Cursor walk = after.endingBefore(Moment.text(clock.instant()));
    List<Member> found = store.list(organisation, filter, walk, limit);
    history.recordItsUse(access, organisation, commonClaim(found));
    return page(found, walk, limit);
  }

  /// One of the organisation's.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's, indistinguishably
  @Transactional(Transactional.TxType.MANDATORY)
  public AccessEvent get(UUID id, Access access) {
    return shown(id, access).event();
  }

  /// What proves it.
  ///
  /// @throws Rejection (404) also while it is in no statement
  @Transactional(Transactional.TxType.MANDATORY)
  public Evidence evidence(UUID id, Access access) {
    return evidence(id, shown(id, access));
  }

  private Member shown(UUID id, Access access) {
    String organisation = access.caller().requireOrganisation();
    Member member = store.find(id, organisation).orElseThrow(Rejection::notFound);
    history.recordItsUse(access, organisation, member.event().claim());
    return member;
  }

  /// The claim of all of them.
  private static @Nullable UUID commonClaim(List<Member> members) {
    Set<Optional<UUID>> claims =
        members.stream()
            .map(member -> Optional.ofNullable(member.event().claim()))
            .collect(Collectors.toSet());
    return claims.size() == 1 ? claims.iterator().next().orElse(null) : null;
  }

  /// The events of claims that are about a patient, of all insurers. Those of an erased claim are
  /// about nobody.
  public Page ofPatient(Caller patient, Cursor after, int limit) {
    Cursor walk = after.endingBefore(Moment.text(clock.instant()));
    return page(store.ofPatient(patient.subject(), walk, limit), walk, limit);
  }

  /// What proves an event of a claim that is about a patient.
  ///
  /// @throws Rejection (404) likewise
  public Evidence evidenceOfPatient(UUID id, Caller patient) {
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

  private Page page(List<Member> members, Cursor walk, int limit) {
    Map<UUID, AnchorState> states = new HashMap<>();
    List<Recorded> events =
        members.stream()
            .map(member -> new Recorded(member.event(), state(member.statement(), states)))
            .toList();
    return new Page(
        events, members.size() < limit ? Optional.empty() : Optional.of(after(walk, members)));
  }

  private static Cursor after(Cursor walk, List<Member> members) {
    AccessEvent last = members.getLast().event();
    return walk.goingOnAfter(last.at(), last.id());
  }

  private AnchorState state(@Nullable UUID statement, Map<UUID, AnchorState> known) {
    return statement == null ? WAITING : known.computeIfAbsent(statement, anchors::state);
  }
}
