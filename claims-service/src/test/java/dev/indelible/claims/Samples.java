package dev.indelible.claims;

import java.util.concurrent.atomic.AtomicInteger;

/// Claims to send. Each differs from every other in what the exact key sees, unless told otherwise.
public final class Samples {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Samples() {}

  /// A claim of a new member.
  public static String claim() {
    int n = NUMBER.incrementAndGet();
    return claim("CLM-" + n, "M-" + n);
  }

  /// A claim for a CPAP device.
  public static String claim(String claimNumber, String member) {
    return """
        {"claimNumber":"%s","use":"claim","type":"professional",
         "member":{"system":"http://members.example/person","value":"%s"},
         "provider":{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"},
         "billablePeriod":{"from":"2026-03-14","to":"2026-03-14"},
         "total":{"minor":64000,"currency":"EUR"},
         "lines":[{"sequence":1,
           "code":{"system":"https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets","code":"E0601"},
           "modifiers":["NU"],"serviced":{"from":"2026-03-14"},"quantity":"1",
           "unitPriceMinor":64000,"netMinor":64000,"place":"12","prescription":"RX-1"}],
         "diagnoses":[{"sequence":1,
           "code":{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"G47.33"}}]}
        """
        .formatted(claimNumber, member);
  }

  /// The same as FHIR, with a new member.
  public static String fhirClaim() {
    int n = NUMBER.incrementAndGet();
    return """
        {"resourceType":"Claim","identifier":[{"value":"FHIR-%d"}],"status":"active",
         "type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/claim-type","code":"professional"}]},
         "use":"claim","patient":{"identifier":{"system":"http://members.example/person","value":"F-%d"}},
         "created":"2026-03-15","provider":{"identifier":{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"}},
         "priority":{"coding":[{"code":"normal"}]},
         "insurance":[{"sequence":1,"focal":true,"coverage":{"display":"Alder Basic"}}],
         "item":[{"sequence":1,
           "productOrService":{"coding":[{"system":"https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets","code":"E0601"}]},
           "servicedDate":"2026-03-14","quantity":{"value":1},
           "unitPrice":{"value":640.00,"currency":"EUR"},"net":{"value":640.00,"currency":"EUR"}}],
         "total":{"value":640.00,"currency":"EUR"}}
        """
        .formatted(n, n);
  }
}
