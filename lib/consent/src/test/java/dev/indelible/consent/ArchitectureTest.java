package dev.indelible.consent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;

/// Nothing that could make two evaluations differ is within reach.
@AnalyzeClasses(
    packages = "dev.indelible.consent",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /// All but the command, which reads files.
  private static final String DECIDES = "dev.indelible.consent";

  @ArchTest
  static final ArchRule knowsTheJdkAndTheFormatsAlone =
      classes()
          .that()
          .resideInAPackage(DECIDES)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              DECIDES,
              "dev.indelible.transparency..",
              "java.lang..",
              "java.util..",
              "java.nio.charset..",
              "org.jspecify.annotations..")
          .because("there is no clock, no network, no file and no thread in these");

  @ArchTest
  static final ArchRule nothingDependsOnWhereOrWhenItRuns =
      noClasses()
          .that()
          .resideInAPackage(DECIDES)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Locale.class,
              Random.class,
              System.class,
              TimeZone.class,
              UUID.class,
              HashMap.class,
              HashSet.class,
              IdentityHashMap.class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase");

  @ArchTest
  static final ArchRule theCommandOpensNoConnection =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.channels..", "javax.net..");

  @ArchTest
  static final ArchRule noFloats =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Double.class, Float.class, double.class, float.class);
}
