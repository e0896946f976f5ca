package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In prod nobody listens between two pods or stands in for one of them. That the services do with
/// these settings what is meant, `ServiceTlsTest` of `e2e` shows on running ones.
class TlsTest {

  /// What the services have of Quarkus in prod alone.
  static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("QUARKUS_TLS_SERVICES_KEY_STORE_PEM_OWN_CERT", "/etc/indelible/tls/tls.crt"),
          Map.entry("QUARKUS_TLS_SERVICES_KEY_STORE_PEM_OWN_KEY", "/etc/indelible/tls/tls.key"),
          Map.entry("QUARKUS_TLS_SERVICES_TRUST_STORE_PEM_CERTS", "/etc/indelible/tls/ca.crt"),
          // 1.2 for gateways, some of which offer no more to what is behind them.
          Map.entry("QUARKUS_TLS_SERVICES_PROTOCOLS", "TLSv1.3,TLSv1.2"),
          Map.entry("QUARKUS_TLS_SERVICES_ALPN", "false"),
          Map.entry("QUARKUS_TLS_SERVICES_RELOAD_PERIOD", "24h"),
          Map.entry("QUARKUS_HTTP_TLS_CONFIGURATION_NAME", "services"),
          Map.entry("QUARKUS_HTTP_SSL_PORT", "8443"),
          Map.entry("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled"),
          Map.entry("QUARKUS_MANAGEMENT_TLS_CONFIGURATION_NAME", "services"),
          Map.entry("QUARKUS_OIDC_TLS_TLS_CONFIGURATION_NAME", "services"),
          Map.entry("QUARKUS_OIDC_CLIENT_TLS_TLS_CONFIGURATION_NAME", "services"));

  private static final Pattern ADDRESS = Pattern.compile("(https?)://([a-z-]+):[0-9]+");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

  private final Cluster cluster = GraphTest.cluster("prod");

  @ParameterizedTest
  @ValueSource(strings = {"claims-service", "trials-service", "ledger-service"})
  void aServiceSpeaksHttpsAlone(String name) {
    JsonNode service = GraphTest.workload(cluster, name);
    Map<String, String> given = GraphTest.environment(cluster, service);
    Map<String, String> expected = new TreeMap<>(SETTINGS);
    if (name.equals("ledger-service")) {
      // It calls Keycloak for the realm's keys and has no token of its own.
      expected.remove("QUARKUS_OIDC_CLIENT_TLS_TLS_CONFIGURATION_NAME");
    }
    given.keySet().retainAll(SETTINGS.keySet());
    assertEquals(expected, new TreeMap<>(given));

    String mounts = service.at("/spec/template/spec/containers/0/volumeMounts").toString();
    assertTrue(
        mounts.contains(
            "{\"mountPath\":\"/etc/indelible/tls\",\"name\":\"tls\",\"readOnly\":true}"));
    assertEquals(certificateOf(name).at("/spec/secretName").asText(), secretOf(service, "tls"));
  }

  /// Whoever is called is called by a name that is in the certificate.
  @ParameterizedTest
  @ValueSource(strings = {"claims-service", "trials-service", "ledger-service"})
  void calledNamesAreInTheCertificate(String caller) {
    Map<String, String> given = GraphTest.environment(cluster, GraphTest.workload(cluster, caller));
    Set<String> called = new TreeSet<>();
    for (String value : given.values()) {
      for (MatchResult address : ADDRESS.matcher(value).results().toList()) {
        assertEquals("https", address.group(1), value);
        assertTrue(namesOf(address.group(2)).contains(address.group(2)), value);
        called.add(address.group(2));
      }
    }
    if (caller.equals("ledger-service")) {
      assertEquals("https://$(POD_IP):8443", given.get("INDELIBLE_LEDGER_SELF"));
      assertTrue(namesOf("ledger-service").contains(given.get("INDELIBLE_LEDGER_PEER_NAME")));
      assertEquals(Set.of("keycloak-service"), called);
    } else {
      assertEquals(Set.of("keycloak-service", "ledger-service"), called);
    }
  }

  /// One authority, which is in no other business, and names that are one program's.
  @Test
  void certificatesAreOfTheServicesOwnAuthority() {
    Set<String> names = new TreeSet<>();
    for (JsonNode certificate : leaves()) {
      JsonNode spec = certificate.path("spec");
      String name = Cluster.text(certificate);
      assertEquals(
          "{\"kind\":\"Issuer\",\"name\":\"services\"}", spec.path("issuerRef").toString());
      assertEquals("[\"digital signature\",\"server auth\"]", spec.path("usages").toString(), name);
      assertFalse(spec.path("isCA").asBoolean(), name);
      spec.path("dnsNames").forEach(dns -> assertTrue(names.add(dns.asText()), dns.asText()));
    }
    JsonNode authority = named("Certificate", "services-ca").path("spec");
    assertTrue(authority.path("isCA").asBoolean());
    assertEquals("services-root", authority.at("/issuerRef/name").asText());
    assertEquals(
        authority.path("secretName").asText(),
        named("Issuer", "services").at("/spec/ca/secretName").asText());
    // Mounted nowhere: it is cert-manager that signs.
    assertFalse(cluster.workloads().toString().contains("\"services-ca\""));
    assertTrue(named("Issuer", "services-root").at("/spec").has("selfSigned"));
  }

  @Test
  void theGatewayKnowsWhatIsBehindIt() {
    Set<String> behind = new TreeSet<>();
    for (JsonNode route : cluster.of("HTTPRoute").toList()) {
      for (JsonNode backend : route.at("/spec/rules/0/backendRefs")) {
        assertEquals(8443, backend.path("port").asInt());
        behind.add(backend.path("name").asText());
      }
    }
    Set<String> known = new TreeSet<>();
    for (JsonNode policy : cluster.of("BackendTLSPolicy").toList()) {
      JsonNode target = policy.at("/spec/targetRefs/0");
      assertEquals("Service", target.path("kind").asText());
      String service = target.path("name").asText();
      JsonNode validation = policy.at("/spec/validation");
      assertEquals(service + ".indelible.svc", validation.path("hostname").asText());
      assertTrue(namesOf(service).contains(validation.path("hostname").asText()));
      assertTrue(secrets().contains(validation.at("/caCertificateRefs/0/name").asText()));
      known.add(service);
    }
    assertEquals(
        Set.of("claims-service", "keycloak-service", "ledger-service", "trials-service"), behind);
    assertEquals(behind, known);
  }

  @Test
  void keycloakSpeaksHttpsAndKnowsItsDatabase() {
    JsonNode spec = named("Keycloak", "keycloak").path("spec");
    assertEquals("{\"tlsSecret\":\"keycloak-tls\"}", spec.path("http").toString());
    assertEquals("keycloak-tls", certificateOf("keycloak").at("/spec/secretName").asText());
    assertEquals("keycloak-db-rw", spec.at("/db/host").asText());
    assertTrue(
        spec.path("additionalOptions")
            .toString()
            .contains(
                "{\"name\":\"db-url-properties\",\"value\":"
                    + "\"?sslmode=verify-full&sslrootcert=/etc/keycloak/database/ca.crt\"}"));
    JsonNode pod = spec.at("/unsupported/podTemplate/spec");
    assertEquals(
        "[{\"mountPath\":\"/etc/keycloak/database\",\"name\":\"database\",\"readOnly\":true}]",
        pod.at("/containers/0/volumeMounts").toString());
    assertEquals(
        "[{\"name\":\"database\",\"secret\":{\"items\":[{\"key\":\"ca.crt\",\"path\":\"ca.crt\"}],"
            + "\"secretName\":\"keycloak-db-ca\"}}]",
        pod.path("volumes").toString());
  }

  /// Kubernetes leaves `$(NAME)` as it is when NAME comes later.
  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void variablesNameThoseBeforeThem(String overlay) {
    for (JsonNode workload : GraphTest.cluster(overlay).workloads()) {
      Set<String> before = new TreeSet<>();
      for (JsonNode variable : workload.at("/spec/template/spec/containers/0/env")) {
        String value = variable.path("value").asText();
        REFERENCE
            .matcher(value)
            .results()
            .forEach(name -> assertTrue(before.contains(name.group(1)), variable.toString()));
        before.add(variable.path("name").asText());
      }
    }
  }

  /// Secrets that cert-manager makes.
  static Set<String> secrets() {
    return GraphTest.cluster("prod")
        .of("Certificate")
        .map(certificate -> certificate.at("/spec/secretName").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<JsonNode> leaves() {
    return cluster
        .of("Certificate")
        .filter(certificate -> !Cluster.text(certificate).equals("services-ca"))
        .toList();
  }

  private JsonNode certificateOf(String program) {
    return named("Certificate", program);
  }

  private Set<String> namesOf(String service) {
    Set<String> names = new TreeSet<>();
    certificateOf(service.equals("keycloak-service") ? "keycloak" : service)
        .at("/spec/dnsNames")
        .forEach(name -> names.add(name.asText()));
    return names;
  }

  private static String secretOf(JsonNode workload, String volume) {
    return Cluster.stream(workload.at("/spec/template/spec/volumes"))
        .filter(each -> each.path("name").asText().equals(volume))
        .map(each -> each.at("/secret/secretName").asText())
        .findFirst()
        .orElseThrow();
  }

  private JsonNode named(String kind, String name) {
    return cluster
        .of(kind)
        .filter(object -> Cluster.text(object).equals(name))
        .findFirst()
        .orElseThrow();
  }
}
