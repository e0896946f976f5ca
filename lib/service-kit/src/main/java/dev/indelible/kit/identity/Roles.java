package dev.indelible.kit.identity;

/// The realm's roles, for `@RolesAllowed`.
public final class Roles {
  /// May submit claims for its organisation.
  public static final String CLAIM_SUBMITTER = "claim-submitter";

  /// May decide claims of its organisation.
  public static final String ADJUDICATOR = "adjudicator";

  /// May see who saw the claims of its organisation.
  public static final String PRIVACY_OFFICER = "privacy-officer";

  /// May register protocols and submit results for its organisation.
  public static final String SPONSOR = "sponsor";

  /// May read what it oversees.
  public static final String REGULATOR = "regulator";

  /// May run the audit and read its report.
  public static final String AUDITOR = "auditor";

  /// May read its own records.
  public static final String PATIENT = "patient";

  /// Runs the system.
  public static final String OPERATOR = "operator";

  /// A service that may append entries.
  public static final String LOG_WRITER = "log-writer";

  private Roles() {}
}
