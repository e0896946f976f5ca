package dev.indelible.claims.submission;

/// The form in which a claim was sent.
public enum Format {
  /// Our own JSON.
  JSON("json"),
  /// HL7 FHIR R4, as JSON.
  FHIR_R4("fhir-r4");

  private final String word;

  Format(String word) {
    this.word = word;
  }

  /// The word in the column.
  public String word() {
    return word;
  }
}
