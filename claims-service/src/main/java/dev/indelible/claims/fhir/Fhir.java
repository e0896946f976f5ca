package dev.indelible.claims.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;

/// FHIR R4: one context for the whole process, because it takes a second to make and keeps all of
/// the model.
final class Fhir {
  /// The media type of FHIR JSON.
  static final String JSON = "application/fhir+json";

  static final FhirContext R4 = context();

  private Fhir() {}

  private static FhirContext context() {
    FhirContext context = FhirContext.forR4();
    context.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
    context.getParserOptions().setStripVersionsFromReferences(false);
    context.getParserOptions().setOverrideResourceIdWithBundleEntryFullUrl(false);
    return context;
  }

  static IParser parser() {
    return R4.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
  }
}
