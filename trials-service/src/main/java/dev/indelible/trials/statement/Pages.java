package dev.indelible.trials.statement;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of a table in the order of their ids, a page at a time, for whoever reads all of them.
/// Entities of earlier pages are let go.
///
/// @param entities where they are
/// @param type of the rows, called `r` in conditions
/// @param id of a row
public record Pages<T>(EntityManager entities, Class<T> type, Function<T, UUID> id) {
  /// The most rows of a page.
  public static final int SIZE = 50;

  /// All rows.
  public Stream<List<T>> all() {
    return where("");
  }

  /// The rows that belong to none that is there.
  ///
  /// @param owner the entity that they belong to
  /// @param reference the attribute that names it
  public Stream<T> orphans(Class<?> owner, String reference) {
    String none = "not exists (select 1 from %s o where o.id = r.%s)";
    return where(none.formatted(owner.getSimpleName(), reference)).flatMap(List::stream);
  }

  /// Those that belong to one of these.
  ///
  /// @param reference the attribute that names it
  public Stream<T> of(List<UUID> owners, String reference) {
    return entities
        .createQuery(select() + " where r." + reference + " in ?1", type)
        .setParameter(1, owners)
        .getResultStream();
  }

  private Stream<List<T>> where(String condition) {
    // Begins with no page at all: a stream keeps what it began with.
    return Stream.iterate(
            new Page<T>(List.of(), true),
            page -> page.isStart() || !page.rows().isEmpty(),
            page ->
                new Page<>(
                    page(condition, page.isStart() ? null : id.apply(page.rows().getLast())),
                    false))
        .skip(1)
        .map(Page::rows);
  }

  private record Page<T>(List<T> rows, boolean isStart) {}

  private List<T> page(String condition, @Nullable UUID last) {
    entities.clear();
    String first = condition.isEmpty() ? "" : " where " + condition;
    String next = condition.isEmpty() ? " where r.id > ?1" : first + " and r.id > ?1";
    var query =
        entities.createQuery(select() + (last == null ? first : next) + " order by r.id", type);
    if (last != null) {
      query.setParameter(1, last);
    }
    return query.setMaxResults(SIZE).getResultList();
  }

  private String select() {
    return "from " + type.getSimpleName() + " r";
  }
}
