package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every pod must be like, and that what it mounts and references exists.
class WorkloadTest {

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void podsAreLockedDown(String overlay) {
    for (JsonNode workload : GraphTest.cluster(overlay).workloads()) {
      JsonNode pod = workload.at("/spec/template/spec");
      String name = Repository.name(workload);
      assertFalse(pod.path("automountServiceAccountToken").asBoolean(true), name);
      assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean(), name);
      assertTrue(pod.at("/securityContext/runAsUser").asInt() > 0, name);
      assertEquals("RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText(), name);
      for (JsonNode container : containers(pod)) {
        JsonNode security = container.path("securityContext");
        assertTrue(security.path("readOnlyRootFilesystem").asBoolean(), name);
        assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true), name);
        assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString(), name);
        assertFalse(container.at("/resources/limits/memory").isMissingNode(), name);
        assertFalse(container.at("/resources/requests/cpu").isMissingNode(), name);
      }
    }
  }

  /// The writer of a log is not to be squeezed: it gets what it asks for, always.
  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void ledgerRequestsItsLimits(String overlay) {
    Cluster cluster = GraphTest.cluster(overlay);
    JsonNode resources =
        GraphTest.workload(cluster, "ledger-service")
            .at("/spec/template/spec/containers/0/resources");
    assertEquals(resources.path("requests"), resources.path("limits"));
  }

  /// An organisation that finds every process of a service gets what one process would answer by
  /// itself, and no more.
  @ParameterizedTest
  @ValueSource(strings = {"claims-service", "trials-service", "ledger-service"})
  void processesShareTheQuotaInProd(String service) {
    Cluster cluster = GraphTest.cluster("prod");
    JsonNode workload = GraphTest.workload(cluster, service);
    int replicas = workload.at("/spec/replicas").asInt();
    int each =
        Integer.parseInt(
            GraphTest.environment(cluster, workload)
                .getOrDefault("INDELIBLE_QUOTA_REQUESTS_PER_SECOND", "0"));
    int alone = quotaOfOne(service);
    assertTrue(replicas > 1 && each * replicas >= alone, service);
    assertTrue(each * replicas < alone + replicas, service);
  }

  private static int quotaOfOne(String service) {
    Pattern quota = Pattern.compile("(?m)^indelible\\.quota\\.requests-per-second=(\\d+)$");
    return Stream.of(
            service + "/src/main/resources/application.properties",
            "lib/service-kit/src/main/resources/META-INF/microprofile-config.properties")
        .map(Repository::text)
        .flatMap(text -> quota.matcher(text).results())
        .map(found -> Integer.parseInt(found.group(1)))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void referencedSecretsAndConfigMapsExist(String overlay) {
    Cluster cluster = GraphTest.cluster(overlay);
    Map<String, Set<String>> secrets = overlay.equals("dev") ? devSecrets() : cluster.secrets();
    Set<String> configMaps = new TreeSet<>();
    cluster.of("ConfigMap").forEach(map -> configMaps.add(Cluster.text(map)));
    for (JsonNode workload : cluster.workloads()) {
      JsonNode pod = workload.at("/spec/template/spec");
      for (JsonNode reference : pod.findValues("secretKeyRef")) {
        require(secrets, reference.path("name").asText(), reference.path("key").asText());
      }
      for (JsonNode reference : pod.findValues("secret")) {
        String name = reference.path("secretName").asText(reference.path("name").asText());
        reference.path("items").forEach(item -> require(secrets, name, item.path("key").asText()));
        assertTrue(secrets.containsKey(name), name);
      }
      for (JsonNode reference : pod.findValues("secretRef")) {
        assertTrue(secrets.containsKey(reference.path("name").asText()), reference.toString());
      }
      Stream.concat(pod.findValues("configMapRef").stream(), pod.findValues("configMap").stream())
          .forEach(
              map -> assertTrue(configMaps.contains(map.path("name").asText()), map.toString()));
    }
  }

  private static void require(Map<String, Set<String>> secrets, String name, String key) {
    assertTrue(secrets.containsKey(name), "no secret " + name);
    Set<String> keys = secrets.get(name);
    assertTrue(keys.isEmpty() || keys.contains(key), "no key " + key + " in secret " + name);
  }

  /// A service serves as a login of its own; the schema's owner is for migrations.
  @ParameterizedTest
  @ValueSource(strings = {"claims", "trials", "ledger"})
  void servicesDoNotServeAsTheOwner(String database) {
    JsonNode service = GraphTest.workload(GraphTest.cluster("prod"), database + "-service");
    Map<String, String> secrets = new TreeMap<>();
    for (JsonNode variable : service.at("/spec/template/spec/containers/0/env")) {
      secrets.put(
          variable.path("name").asText(), variable.at("/valueFrom/secretKeyRef/name").asText());
    }
    for (String part : List.of("USERNAME", "PASSWORD")) {
      assertEquals(database + "-db-service", secrets.get("QUARKUS_DATASOURCE_" + part));
      assertEquals(database + "-db-app", secrets.get("QUARKUS_FLYWAY_" + part));
    }
    JsonNode cluster =
        GraphTest.cluster("prod")
            .of("Cluster")
            .filter(each -> Cluster.text(each).equals(database + "-db"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "[{\"login\":true,\"name\":\"%1$s_service\",\"passwordSecret\":{\"name\":\"%1$s-db-service\"}}]"
            .formatted(database),
        cluster.at("/spec/managed/roles").toString());
  }

  /// Nobody listens between a service and its database, or stands in for it.
  @ParameterizedTest
  @ValueSource(strings = {"claims", "trials", "ledger"})
  void aServiceKnowsItsDatabaseByTheCertificate(String database) {
    Cluster cluster = GraphTest.cluster("prod");
    JsonNode service = GraphTest.workload(cluster, database + "-service");
    assertEquals(
        "jdbc:postgresql://%1$s-db-rw:5432/%1$s?sslmode=verify-full&sslrootcert=/etc/indelible/database/ca.crt"
            .formatted(database),
        GraphTest.environment(cluster, service).get("QUARKUS_DATASOURCE_JDBC_URL"));
    String mounts = service.at("/spec/template/spec/containers/0/volumeMounts").toString();
    assertTrue(mounts.contains("{\"mountPath\":\"/etc/indelible/database\",\"name\":\"database\""));
    JsonNode volume =
        Cluster.stream(service.at("/spec/template/spec/volumes"))
            .filter(each -> each.path("name").asText().equals("database"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "{\"items\":[{\"key\":\"ca.crt\",\"path\":\"ca.crt\"}],\"secretName\":\"%s-db-ca\"}"
            .formatted(database),
        volume.path("secret").toString());
  }

  @Test
  void databasesTakeNoConnectionWithoutTls() {
    for (JsonNode database : GraphTest.cluster("prod").of("Cluster").toList()) {
      assertEquals(
          "hostnossl all all all reject",
          database.at("/spec/postgresql/pg_hba/0").asText(),
          Cluster.text(database));
    }
  }

  /// Both overlays read the same secrets, except for what only one of them has.
  @Test
  void devMakesEverySecretThatProdIsGiven() {
    Set<String> missing = new TreeSet<>(GraphTest.cluster("prod").secrets().keySet());
    missing.removeAll(devSecrets().keySet());
    Set<String> onlyProd = new TreeSet<>(Set.of("backup-credentials"));
    Cluster.DATABASES.forEach(database -> onlyProd.add(database + "-ca"));
    onlyProd.addAll(TlsTest.secrets());
    assertEquals(onlyProd, missing);
    assertEquals(RealmImportTest.placeholders(), devSecrets().get("keycloak-clients"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void mountsHaveVolumes(String overlay) {
    for (JsonNode workload : GraphTest.cluster(overlay).workloads()) {
      JsonNode pod = workload.at("/spec/template/spec");
      Set<String> volumes = new TreeSet<>(Cluster.names(pod.path("volumes")));
      workload
          .at("/spec/volumeClaimTemplates")
          .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
      for (JsonNode container : containers(pod)) {
        assertTrue(volumes.containsAll(Cluster.names(container.path("volumeMounts"))));
      }
    }
  }

  @Test
  void prodNamesOurImagesByDigest() {
    for (JsonNode workload : GraphTest.cluster("prod").workloads()) {
      for (JsonNode container : containers(workload.at("/spec/template/spec"))) {
        String image = container.path("image").asText();
        assertTrue(image.matches("[a-z0-9./:-]+@sha256:[0-9a-f]{64}"), image);
      }
    }
  }

  @Test
  void devNamesImagesByTag() {
    for (JsonNode workload : GraphTest.cluster("dev").workloads()) {
      for (JsonNode container : containers(workload.at("/spec/template/spec"))) {
        String image = container.path("image").asText();
        assertTrue(image.matches(".+:[^:/]+") && !image.endsWith(":latest"), image);
      }
    }
  }

  private static Map<String, Set<String>> devSecrets() {
    Map<String, Set<String>> secrets = new TreeMap<>();
    String file = Repository.text("k8s/overlays/dev/secrets/kustomization.yaml");
    for (JsonNode secret : Repository.yaml(file).getFirst().path("secretGenerator")) {
      Set<String> keys = new TreeSet<>();
      for (String source : List.of("files", "literals")) {
        secret.path(source).forEach(entry -> keys.add(key(entry.asText())));
      }
      secrets.put(secret.path("name").asText(), keys);
    }
    return secrets;
  }

  private static String key(String source) {
    int equals = source.indexOf('=');
    return equals >= 0
        ? source.substring(0, equals)
        : source.substring(source.lastIndexOf('/') + 1);
  }

  private static List<JsonNode> containers(JsonNode pod) {
    List<JsonNode> all = new ArrayList<>();
    pod.path("containers").forEach(all::add);
    pod.path("initContainers").forEach(all::add);
    return all;
  }
}
