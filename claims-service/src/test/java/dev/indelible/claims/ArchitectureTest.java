package dev.indelible.claims;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.Accesses;
import dev.indelible.claims.access.Glasses;
import dev.indelible.claims.adjudication.DecisionView;
import dev.indelible.claims.adjudication.Decisions;
import dev.indelible.claims.consent.SharedClaims;
import dev.indelible.claims.consent.SharedPart;
import dev.indelible.claims.matching.MatchAlert;
import dev.indelible.claims.matching.MatchAlerts;
import dev.indelible.claims.member.MemberClaims;
import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.FiledClaim;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What the compiler cannot see.
@AnalyzeClasses(
    packages = "dev.indelible.claims",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("dev.indelible.claims.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule entitiesStayInTheirPackage =
      classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

  @ArchTest
  static final ArchRule resourcesDeclareRoles =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .and()
          .doNotHaveSimpleName("SmartResource")
          .should()
          .beAnnotatedWith(RolesAllowed.class);

  @ArchTest
  static final ArchRule publicEndpointsSaySo =
      methods()
          .that()
          .areAnnotatedWith(PermitAll.class)
          .should()
          .haveNameMatching("metadata|configuration")
          .because("what FHIR and SMART can do is read before there is a token, and nothing else");

  @ArchTest
  static final ArchRule timeIsAParameter =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now");

  @ArchTest
  static final ArchRule servicesDoNotKnowEachOther =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.indelible.trials..", "dev.indelible.ledger..");

  @ArchTest
  static final ArchRule noFloatsDecide =
      noClasses()
          .that()
          .resideInAnyPackage("..adjudication..", "..consent..", "..duplicate..", "..submission..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Double.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Float.class);

  @ArchTest
  static final ArchRule claimsAreHandedOutForAnAccess =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .belongToAnyOf(
              Claims.class,
              Decisions.class,
              Glasses.class,
              MatchAlerts.class,
              MemberClaims.class,
              SharedClaims.class)
          .and(tellOfAClaim())
          .and()
          .doNotHaveName("find")
          .and()
          .doNotHaveName("findByRecord")
          .should()
          .haveRawParameterTypes(oneOf(Access.class, FiledClaim.class))
          .because("what is handed out without one leaves no event");

  /// A patient's own events are handed out without one.
  @ArchTest
  static final ArchRule theHistoryIsHandedOutForAnAccess =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredIn(Accesses.class)
          .and()
          .haveNameNotMatching("ofPatient|evidenceOfPatient")
          .should()
          .haveRawParameterTypes(oneOf(Access.class))
          .because("what is handed out without one leaves no event");

  @ArchTest
  static final ArchRule whatTheServiceComparesIsNotHandedOut =
      methods()
          .that()
          .areDeclaredIn(Claims.class)
          .and()
          .haveNameMatching("find|findByRecord")
          .should()
          .onlyBeCalled()
          .byClassesThat()
          .haveNameMatching(".*\\.(RaiseMatchAlerts|MemberClaims|SharedClaims)");

  @ArchTest
  static final ArchRule aClaimInHandWasHandedOut =
      constructors()
          .that()
          .areDeclaredIn(FiledClaim.class)
          .should()
          .onlyBeCalled()
          .byClassesThat()
          .haveSimpleName("Claim");

  private static DescribedPredicate<JavaMethod> tellOfAClaim() {
    Set<Class<?>> telling =
        Set.of(
            FiledClaim.class,
            SharedPart.class,
            TracedStatement.class,
            DecisionView.class,
            Glasses.Reviewed.class,
            MatchAlert.class);
    return DescribedPredicate.describe(
        "tell of a claim",
        method ->
            method.getReturnType().getAllInvolvedRawTypes().stream()
                .anyMatch(type -> telling.stream().anyMatch(type::isEquivalentTo)));
  }

  private static DescribedPredicate<List<JavaClass>> oneOf(Class<?>... proofs) {
    return DescribedPredicate.describe(
        "one of which is an access, or the claim that was handed out for one",
        types -> types.stream().anyMatch(type -> Stream.of(proofs).anyMatch(type::isEquivalentTo)));
  }
}
