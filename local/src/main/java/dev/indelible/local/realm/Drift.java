package dev.indelible.local.realm;

/// One thing that is not in the running realm as it is in the code.
///
/// @param where names from the realm downwards, such as `clients/alder-system/enabled`
/// @param code what `identity/` says, `nothing` when it is silent
/// @param running what is in force
public record Drift(String where, String code, String running) {
  static final String NOTHING = "nothing";
}
