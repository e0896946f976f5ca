package dev.indelible.claims.access;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.RelayStep;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.Moment;
import dev.indelible.claims.access.AccessStatement.Member;
import dev.indelible.claims.access.AccessStore.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Makes statements of events: once their hour is over, and before that when there are enough of
/// them. A statement with its entry and its events is one transaction of the relay, so a crash
/// leaves all of them waiting or none. An event whose read ends after its hour was sealed comes
/// into the next statement, which is of the same hour.
@ApplicationScoped
class SealAccesses implements RelayStep {
  private final AccessStore store;
  private final Anchor anchor;
  private final Issuer issuer;
  private final Clock clock;

  @Inject
  SealAccesses(AccessStore store, Anchor anchor, Issuer issuer, Clock clock) {
    this.store = store;
    this.anchor = anchor;
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public boolean advance() {
    String hour = Moment.text(clock.instant()).substring(0, AccessStore.HOUR);
    return store.due(hour).stream().anyMatch(this::seal);
  }

  /// Whether there was anything to seal. What somebody edited or put there while it waited is left
  /// for the audit to find, since a statement would vouch for it, and stops nothing behind it.
  private boolean seal(Due due) {
    List<AccessEvent> events =
        Stream.iterate(
                store.waiting(due, Cursor.START),
                page -> !page.isEmpty(),
                page -> store.waiting(due, place(page.getLast().event())))
            .flatMap(List::stream)
            .filter(member -> member.event().changed(issuer, member.seal()).isEmpty())
            .map(Member::event)
            .limit(AccessStatement.MOST)
            .toList();
    if (!events.isEmpty()) {
      seal(next(due), events);
    }
    return !events.isEmpty();
  }

  private static Cursor place(AccessEvent event) {
    return new Cursor(event.at(), event.id());
  }

  private AccessStatement next(Due due) {
    Optional<AccessStatement> last = store.latest(due.organisation());
    return new AccessStatement(
        UUID.randomUUID(),
        last.map(AccessStatement::record).orElseGet(UUID::randomUUID),
        due.organisation(),
        last.map(AccessStatement::number).orElse(0) + 1,
        due.hour(),
        Moment.text(clock.instant()));
  }

  private void seal(AccessStatement statement, List<AccessEvent> events) {
    store.seal(statement, events);
    List<Member> members =
        events.stream().map(event -> new Member(event, statement.id(), null)).toList();
    anchor.enqueue(
        new AnchorRequest(
            statement.id(),
            statement.record(),
            statement.organisation(),
            statement.statement(members),
            List.of()));
  }
}
