package dev.indelible.local.testing;

import java.util.concurrent.atomic.AtomicInteger;

/// Submissions of made-up people; member numbers start with `TEST-`, so that nobody takes them for
/// real.
public final class Samples {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private Samples() {}

  /// A name no other sample of this run has.
  public static String fresh(String prefix) {
    return prefix + "-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
  }

  /// A claim for one device on one day.
  public static String claim(String number, String member, long chargeMinor) {
    return """
        {"claimNumber": "%s", "use": "claim", "type": "professional",
         "member": {"system": "urn:example:member", "value": "%s"},
         "provider": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1999999984"},
         "total": {"minor": %d, "currency": "USD"},
         "lines": [{"sequence": 1, "code": {"system": "https://www.cms.gov/hcpcs", "code": "E0601"},
                    "serviced": {"from": "2026-03-14"}, "quantity": "1", "netMinor": %d}]}
        """
        .formatted(number, member, chargeMinor, chargeMinor);
  }

  /// An invitation of the member of such a claim.
  public static String invitation(String member) {
    return "{\"member\": {\"system\": \"urn:example:member\", \"value\": \"%s\"}}"
        .formatted(member);
  }

  /// A grant, for payment, until long after the test.
  public static String grant(String membership, String recipient) {
    return """
        {"membership": "%s", "recipient": "%s", "purpose": "HPAYMT",
         "until": "2100-01-01T00:00:00Z"}
        """
        .formatted(membership, recipient);
  }

  /// A trial that plans to measure walking.
  public static String protocol(String nct) {
    return """
        {"registryIds": [{"system": "NCT", "value": "%s"}], "sponsorProtocolNumber": "CARDIO-17",
         "publicTitle": "Walking after a heart attack", "sponsorName": "Cardia Therapeutics",
         "studyType": "INTERVENTIONAL", "phase": "PHASE3",
         "startDate": {"date": "2027-02", "type": "ESTIMATED"},
         "primaryCompletionDate": {"date": "2028-02-15", "type": "ESTIMATED"},
         "sampleSize": {"count": 240, "type": "ESTIMATED"},
         "outcomes": [
           {"id": "walk", "level": "primary", "measure": "6-minute walk distance",
            "timeFrame": "week 26"},
           {"id": "quality", "level": "secondary", "measure": "quality of life",
            "timeFrame": "week 12"}]}
        """
        .formatted(nct);
  }

  /// An amendment that measures walking earlier, and says so.
  public static String amendment(String nct) {
    return """
        {"amends": 1, "number": "1", "summary": "earlier measurement",
         "primaryReason": "slow recruitment", "approvedOn": "2026-11-01",
         "changes": [{"elementId": "walk", "rationale": "fewer visits"}],
         "protocol": %s}
        """
        .formatted(protocol(nct).replace("week 26", "week 20"));
  }

  /// Results that report the secondary outcome as the primary one and drop walking.
  public static String switchedResults(String version) {
    return """
        {"protocolVersion": "%s", "enrolled": 231,
         "primaryCompletionDate": {"date": "2028-02-20", "type": "ACTUAL"},
         "outcomes": [{"outcomeId": "quality", "level": "primary", "measure": "quality of life",
                       "timeFrame": "week 12", "valueSummary": "mean 61.2 against 57.9"}]}
        """
        .formatted(version);
  }

  /// A ClinicalTrials.gov number no other sample of this run has.
  public static String nct() {
    return String.format("NCT%08d", 90_000_000 + NEXT.incrementAndGet());
  }
}
