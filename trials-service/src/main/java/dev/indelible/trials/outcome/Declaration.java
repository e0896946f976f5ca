package dev.indelible.trials.outcome;

/// Whether a change was said openly.
public enum Declaration {
  /// An amendment names the element, its reason and its approval date.
  DECLARED("declared"),
  /// Nothing does.
  SILENT("not declared");

  private final String words;

  Declaration(String words) {
    this.words = words;
  }

  /// In plain words.
  public String words() {
    return words;
  }
}
