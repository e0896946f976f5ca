package dev.indelible.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The eight rules that the shape of the system rests on; each guards evidence or access, none
/// taste.
@AnalyzeClasses(packages = "dev.indelible", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String REST = "jakarta.ws.rs.";
  private static final Set<String> CLOCKLESS =
      Set.of("now", "currentTimeMillis", "systemUTC", "systemDefaultZone");

  /// The relay and the audit; the adoption of rules; holds; a code that a patient redeems; what
  /// regulators and the public read.
  private static final String ACROSS =
      "(AnchorRelay|RecordAudit|RuleSets|AdoptRules|HoldClaim|LinkMember|ProtocolsResource|ResultsResource"
          + "|SubmissionResource|FindingsResource|PublicProtocolsResource|SharedClaimsResource"
          + "|MyAccessesResource|BreakGlassResource)";

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("dev.indelible.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule entitiesStayInTheirPackage =
      classes()
          .that()
          .areAnnotatedWith("jakarta.persistence.Entity")
          .should()
          .bePackagePrivate()
          .because("what another package can change, no statement covers")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule everyEndpointSaysWhoMayCallIt =
      methods()
          .that(areEndpoints())
          .should(declareAccess())
          .because("an endpoint without a rule is open to whoever finds it");

  /// `AuthorisationMatrixTest` calls what the documents have.
  @ArchTest
  static final ArchRule noEndpointIsLeftOutOfTheDocument =
      methods()
          .that(areEndpoints())
          .should(beDocumented())
          .because("who may call it would be tested by nobody");

  @ArchTest
  static final ArchRule timeIsAParameter =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.indelible.transparency..",
              "dev.indelible.anchoring..",
              "dev.indelible.ledger..",
              "dev.indelible.claims..",
              "dev.indelible.trials..")
          .should()
          .accessTargetWhere(readsTheWallClock())
          .because("a clock that cannot be set in a test hides faults of time");

  @ArchTest
  static final ArchRule servicesDoNotKnowEachOther =
      slices().matching("dev.indelible.(ledger|claims|trials)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule fewWorkAcrossOrganisations =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.indelible\\.anchoring\\.scope\\..*|.*\\." + ACROSS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.indelible.anchoring.scope..")
          .because("policies of the database do not stop them");

  @ArchTest
  static final ArchRule theVerifierNeedsTheJdkOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.indelible.transparency..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..", "javax.crypto..", "org.jspecify..", "dev.indelible.transparency..")
          .because("a verifier must be able to read everything it runs");

  private static DescribedPredicate<JavaMethod> areEndpoints() {
    List<String> verbs = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    return DescribedPredicate.describe(
        "are endpoints",
        method -> verbs.stream().anyMatch(verb -> method.isAnnotatedWith(REST + verb)));
  }

  private static ArchCondition<JavaMethod> declareAccess() {
    List<String> rules =
        List.of(
            "jakarta.annotation.security.RolesAllowed", "jakarta.annotation.security.PermitAll");
    return new ArchCondition<>("declare @RolesAllowed or @PermitAll") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean declared =
            rules.stream()
                .anyMatch(
                    rule ->
                        method.isAnnotatedWith(rule) || method.getOwner().isAnnotatedWith(rule));
        events.add(
            new SimpleConditionEvent(
                method, declared, method.getFullName() + " declares no access rule"));
      }
    };
  }

  private static ArchCondition<JavaMethod> beDocumented() {
    return new ArchCondition<>("be in the OpenAPI document") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean hidden =
            Stream.of(method, method.getOwner())
                .flatMap(place -> place.getAnnotations().stream())
                .anyMatch(ArchitectureTest::hides);
        events.add(
            new SimpleConditionEvent(
                method, !hidden, method.getFullName() + " is hidden from the document"));
      }
    };
  }

  /// `@Operation(hidden = true)`, and `@Hidden`, which SmallRye has for whole classes.
  private static boolean hides(JavaAnnotation<?> annotation) {
    return annotation.getRawType().getSimpleName().equals("Hidden")
        || annotation.get("hidden").map(Boolean.TRUE::equals).orElse(false);
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
    return DescribedPredicate.describe(
        "read the wall clock",
        access -> {
          JavaClass owner = access.getTargetOwner();
          boolean clocked =
              owner.getPackageName().equals("java.time") || owner.isEquivalentTo(System.class);
          boolean withoutClock =
              access.getTarget()
                      instanceof com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget call
                  && call.getRawParameterTypes().isEmpty();
          boolean wiring = access.getOriginOwner().getSimpleName().endsWith("Wiring");
          return clocked && withoutClock && !wiring && CLOCKLESS.contains(access.getName());
        });
  }
}
