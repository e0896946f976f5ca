package dev.indelible.trials.outcome;

/// What changed between a plan and a later text; P is primary, S is secondary.
public enum ChangeCode {
  P_DROP("planned primary dropped"),
  P_ADD("new primary added"),
  P_SWAP("planned primary swapped for another"),
  P_DEMOTE("planned primary demoted"),
  P_PROMOTE("promoted to primary"),
  P_MEASURE("what a primary measures changed"),
  P_METRIC("metric of a primary changed"),
  P_AGGREGATION("aggregation of a primary changed"),
  P_TIME("time frame of a primary changed"),
  P_TIME_NARROWED("time points of a primary left out"),
  P_TIME_WIDENED("time points of a primary added"),
  SPEC_ADDED("detail of a primary filled in"),
  SPEC_REMOVED("detail of a primary taken out"),
  S_DROP("planned secondary dropped"),
  S_ADD("new secondary added"),
  SAMPLE_SIZE("sample size changed"),
  DATE_EDIT("actual start date edited"),
  START_FLIP("start date edited so that a late registration looks timely"),
  REWORD("worded differently, same meaning"),
  NEEDS_REVIEW("cannot be told apart by rule, a person has to look");

  private final String words;

  ChangeCode(String words) {
    this.words = words;
  }

  /// The change in plain words.
  public String words() {
    return words;
  }
}
