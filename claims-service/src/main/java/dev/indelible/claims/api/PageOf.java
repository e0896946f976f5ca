package dev.indelible.claims.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.claims.Cursor;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param next where the next page begins; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
record PageOf<T>(List<T> items, @Nullable String next) {
  private static final int MAX = 200;

  static int limit(int asked) {
    if (asked < 1 || asked > MAX) {
      String message = "is not between 1 and " + MAX;
      throw Rejection.of(CommonProblem.BAD_REQUEST, "limit: " + message)
          .violations(List.of(new Violation("limit", message)));
    }
    return asked;
  }

  static <S, T> PageOf<T> of(
      List<S> found, int limit, Function<S, Cursor> place, Function<S, T> view) {
    String next = found.size() < limit ? null : place.apply(found.getLast()).text();
    return new PageOf<>(found.stream().map(view).toList(), next);
  }
}
