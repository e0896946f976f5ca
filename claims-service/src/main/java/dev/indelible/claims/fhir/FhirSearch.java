package dev.indelible.claims.fhir;

import dev.indelible.claims.Cursor;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;

/// A search of FHIR R4 (§3.1.1), and the form of its answer. It is strict, whatever a client
/// prefers: an answer to another question than the one that was asked would be taken for its
/// answer. So a parameter that is not known is refused, and so is a value that cannot be read.
///
/// @param type what is searched for
/// @param base address of the FHIR interface
/// @param parameters as they were said; each is known and says something
record FhirSearch(String type, String base, Map<String, List<String>> parameters) {
  private static final String COUNT = "_count";
  private static final String FORMAT = "_format";

  /// Where the next page begins; of the link `next`, and opaque.
  private static final String CURSOR = "cursor";

  private static final Set<String> JSON = Set.of("json", "application/json", Fhir.JSON);
  private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,8}");

  /// What is worth repeating to who sent it.
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_:.-]{0,63}");

  private static final int USUAL = 50;

  /// FHIR lets a server give fewer than were asked for.
  private static final int MOST = 200;

  static FhirSearch parse(
      String type, Set<String> own, Map<String, List<String>> parameters, String base) {
    Set<String> known = new TreeSet<>(own);
    known.addAll(List.of(COUNT, FORMAT, CURSOR));
    parameters.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            throw refuse(
                NAME.matcher(name).matches() ? name : "parameter",
                "is none of this search, which has " + known);
          }
          if (values.isEmpty() || values.stream().anyMatch(String::isEmpty)) {
            throw refuse(name, "says nothing");
          }
        });
    FhirSearch search = new FhirSearch(type, base, new TreeMap<>(parameters));
    if (!search.once(FORMAT).map(JSON::contains).orElse(true)) {
      throw refuse(FORMAT, "is not json");
    }
    return search;
  }

  /// A refusal that names a parameter.
  static Rejection refuse(String parameter, String message) {
    return Rejection.of(CommonProblem.BAD_REQUEST, parameter + ": " + message)
        .violations(List.of(new Violation(parameter, message)));
  }

  /// What a parameter says that may be said once.
  Optional<String> once(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw refuse(name, "is said more than once");
    }
    return values.stream().findFirst();
  }

  /// All that a parameter says.
  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  int count() {
    return once(COUNT).map(FhirSearch::count).orElse(USUAL);
  }

  private static int count(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw refuse(COUNT, "is not a number from 1");
    }
    return Math.min(Integer.parseInt(text), MOST);
  }

  Cursor after() {
    return Cursor.parse(once(CURSOR).orElse(null));
  }

  /// A page of what was found. How much there is in all is known when it is on one page.
  String answer(List<? extends Resource> found, Optional<Cursor> next) {
    Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
    if (next.isEmpty() && all(CURSOR).isEmpty()) {
      bundle.setTotal(found.size());
    }
    bundle.addLink().setRelation("self").setUrl(link(once(CURSOR)));
    next.ifPresent(
        place -> bundle.addLink().setRelation("next").setUrl(link(Optional.of(place.text()))));
    for (Resource each : found) {
      bundle
          .addEntry()
          .setFullUrl(base + "/" + type + "/" + each.getIdElement().getIdPart())
          .setResource(each)
          .getSearch()
          .setMode(SearchEntryMode.MATCH);
    }
    return Fhir.R4.newJsonParser().encodeResourceToString(bundle);
  }

  /// The same search, as it was understood, from a place on.
  private String link(Optional<String> cursor) {
    Map<String, List<String>> said = new TreeMap<>(parameters);
    said.put(COUNT, List.of(String.valueOf(count())));
    cursor.ifPresent(place -> said.put(CURSOR, List.of(place)));
    return said.entrySet().stream()
        .flatMap(each -> each.getValue().stream().map(value -> pair(each.getKey(), value)))
        .collect(Collectors.joining("&", base + "/" + type + "?", ""));
  }

  private static String pair(String name, String value) {
    return Stream.of(name, value)
        .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
        .collect(Collectors.joining("="));
  }
}
