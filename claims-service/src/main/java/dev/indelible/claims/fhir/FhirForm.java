package dev.indelible.claims.fhir;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters of a search that come in a body, as `application/x-www-form-urlencoded` in UTF-8.
public final class FhirForm {
  private FhirForm() {}

  /// Reads them, after those of the address: both say the same (FHIR R4 §3.1.0.9).
  ///
  /// @throws Rejection (400) when it is no form
  public static Map<String, List<String>> parse(byte[] body, Map<String, List<String>> address) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    address.forEach((name, values) -> parameters.put(name, new ArrayList<>(values)));
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      if (!pair.isEmpty()) {
        int name = pair.contains("=") ? pair.indexOf('=') : pair.length();
        String value = pair.substring(Math.min(name + 1, pair.length()));
        parameters
            .computeIfAbsent(decoded(pair.substring(0, name)), each -> new ArrayList<>())
            .add(decoded(value));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Rejection.of(CommonProblem.MALFORMED_BODY, "It is not a form.");
    }
  }
}
