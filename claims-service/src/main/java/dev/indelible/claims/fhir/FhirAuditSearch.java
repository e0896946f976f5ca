package dev.indelible.claims.fhir;

import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.AccessFilter;
import dev.indelible.claims.access.AccessFilter.Span;
import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Action;
import dev.indelible.kit.problem.Rejection;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/// A search for AuditEvents. Of R4's parameters it has those that an event can answer; none is
/// about the patient, whom an event does not name. All that are said have to be met: `date` may be
/// said more than once, and `action` and `type` may be lists of which one code is enough.
///
/// @param filter which events are asked for
public record FhirAuditSearch(AccessFilter filter, FhirSearch search) {
  /// The parameters; what the CapabilityStatement says of them.
  static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter(
              "date", SearchParamType.DATE, "With eq, ge, gt, le, lt or nothing; repeatable."),
          new Parameter(
              "agent:identifier",
              SearchParamType.REFERENCE,
              "With :identifier alone: the subject of a token, which has no system."),
          new Parameter("action", SearchParamType.TOKEN, "One code, or a list of them."),
          new Parameter("type", SearchParamType.TOKEN, "One code, or a list of them."),
          new Parameter("entity", SearchParamType.REFERENCE, "Claim/ and an id."));

  record Parameter(String name, SearchParamType type, String documentation) {}

  private static final String ACTIONS = "http://hl7.org/fhir/audit-event-action";

  /// Visible characters but those that separate something in a parameter.
  private static final String PLAIN = "[!-~&&[^,|$\\\\]]";

  /// Identifiers of ours have no system, which the bar says.
  private static final Pattern SUBJECT = Pattern.compile("\\|?(" + PLAIN + "{1,255})");

  private static final Pattern TOKEN = Pattern.compile("(?:(" + PLAIN + "*)\\|)?([A-Za-z0-9.-]+)");
  private static final Pattern CLAIM =
      Pattern.compile("Claim/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  /// Reads the parameters.
  ///
  /// @param base address of the FHIR interface
  /// @throws Rejection (400) when one is unknown, or says what it cannot say
  public static FhirAuditSearch parse(Map<String, List<String>> parameters, String base) {
    Set<String> names = PARAMETERS.stream().map(Parameter::name).collect(Collectors.toSet());
    FhirSearch search = FhirSearch.parse("AuditEvent", names, parameters, base);
    return new FhirAuditSearch(
        new AccessFilter(
            search.once("entity").map(text -> claim(text, base)),
            search.once("agent:identifier").map(FhirAuditSearch::subject),
            actions(search),
            search.all("date").stream().map(FhirDates::span).reduce(Span.EVER, Span::and)),
        search);
  }

  /// How many events there may be in an answer.
  public int count() {
    return search.count();
  }

  /// The place after which they are.
  public Cursor after() {
    return search.after();
  }

  /// The answer.
  public String answer(Accesses.Page found) {
    return search.answer(
        found.events().stream().map(each -> FhirAuditEvent.resource(each.event())).toList(),
        found.next());
  }

  /// The reference that events have, or the same in full.
  private static UUID claim(String text, String base) {
    String full = base + "/";
    Matcher claim = CLAIM.matcher(text.startsWith(full) ? text.substring(full.length()) : text);
    if (!claim.matches()) {
      throw FhirSearch.refuse("entity", "is not Claim/ and an id");
    }
    return UUID.fromString(claim.group(1));
  }

  private static String subject(String text) {
    Matcher subject = SUBJECT.matcher(text);
    if (!subject.matches()) {
      throw FhirSearch.refuse(
          "agent:identifier", "is not one subject of a token, without a system");
    }
    return subject.group(1);
  }

  private static Optional<Set<Action>> actions(FhirSearch search) {
    Optional<Set<Action>> byAction =
        search.once("action").map(text -> actions("action", text, FhirAuditSearch::action));
    Optional<Set<Action>> byType =
        search.once("type").map(text -> actions("type", text, FhirAuditEvent::type));
    byAction.ifPresent(actions -> byType.ifPresent(actions::retainAll));
    return byAction.or(() -> byType);
  }

  private static Coding action(Action action) {
    return new Coding(ACTIONS, String.valueOf(action.code()), null);
  }

  /// The actions of which one of the tokens is the code.
  private static Set<Action> actions(
      String parameter, String tokens, Function<Action, Coding> code) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (String token : tokens.split(",", -1)) {
      Matcher parts = TOKEN.matcher(token);
      if (!parts.matches()) {
        throw FhirSearch.refuse(parameter, "is not a list of codes, or of system|code");
      }
      Arrays.stream(Action.values())
          .filter(each -> meets(code.apply(each), parts))
          .forEach(actions::add);
    }
    return actions;
  }

  private static boolean meets(Coding code, Matcher token) {
    return token.group(2).equals(code.getCode())
        && (token.group(1) == null || token.group(1).equals(code.getSystem()));
  }
}
