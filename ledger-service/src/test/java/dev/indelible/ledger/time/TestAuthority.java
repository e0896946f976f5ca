package dev.indelible.ledger.time;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/// A time-stamping authority that does what RFC 3161 says, except when a test sets a fault.
public final class TestAuthority implements QuarkusTestResourceLifecycleManager {
  private static final String FAULT = "indelible.test.tsa.fault";
  private static final String SHA_256 = "SHA256withECDSA";

  private final TestCertificates good =
      TestCertificates.of(KeyPurposeId.id_kp_timeStamping, Instant.now().plus(Duration.ofDays(99)));
  private final TestCertificates stranger =
      TestCertificates.of(KeyPurposeId.id_kp_timeStamping, Instant.now().plus(Duration.ofDays(99)));
  private final TestCertificates expired =
      TestCertificates.of(KeyPurposeId.id_kp_timeStamping, Instant.now().minus(Duration.ofDays(1)));
  private final TestCertificates purpose =
      TestCertificates.of(KeyPurposeId.id_kp_codeSigning, Instant.now().plus(Duration.ofDays(99)));
  private HttpServer server;

  /// What the authority does from now on; nothing special when empty.
  static void fault(String fault) {
    System.setProperty(FAULT, fault);
  }

  @Override
  public Map<String, String> start() {
    fault("");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/tsa", this::serve);
      server.start();
      Path trust = Files.createTempFile("trust", ".pem");
      StringBuilder anchors = new StringBuilder("These are the roots that the test trusts.\n");
      for (TestCertificates trusted : List.of(good, expired, purpose)) {
        anchors.append(TestCertificates.pem(trusted.chain().getLast()));
      }
      Files.writeString(trust, anchors);
      return Map.of(
          "indelible.ledger.tsa.url", "http://localhost:" + server.getAddress().getPort() + "/tsa",
          "indelible.ledger.tsa.trust", trust.toString(),
          "indelible.ledger.tsa.every", "0s",
          "indelible.ledger.tsa.within", "2s",
          "indelible.ledger.tsa.retry", "off");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] query = exchange.getRequestBody().readAllBytes();
      String fault = System.getProperty(FAULT);
      if (fault.equals("down")) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
      if (fault.equals("slow")) {
        drip(exchange);
        return;
      }
      byte[] reply = answer(fault, new TimeStampRequest(query));
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /// A byte now and then, for ever, until the other side has gone.
  private static void drip(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    while (true) {
      body.write('0');
      body.flush();
      Thread.sleep(50);
    }
  }

  private byte[] answer(String fault, TimeStampRequest asked) throws Exception {
    Instant now = Instant.now();
    return switch (fault) {
      case "" -> stamp(good, asked, now).getEncoded();
      case "garbage" -> new byte[] {0x30, 0x03, 0x02, 0x01, 0x00, 0x7f};
      case "endless" -> new byte[1 << 20];
      case "refusal" ->
          generator(good)
              .generateFailResponse(PKIStatus.REJECTION, PKIFailureInfo.badRequest, "no")
              .getEncoded();
      case "other message" ->
          stamp(good, request(new byte[64], asked.getNonce()), now).getEncoded();
      case "other nonce" -> {
        BigInteger nonce = asked.getNonce().add(BigInteger.ONE);
        yield stamp(good, request(asked.getMessageImprintDigest(), nonce), now).getEncoded();
      }
      case "stranger" -> stamp(stranger, asked, now).getEncoded();
      case "expired certificate" -> stamp(expired, asked, now).getEncoded();
      case "other purpose" -> withOtherPurpose(asked, now);
      case "other time" -> stamp(good, asked, now.plus(Duration.ofDays(1))).getEncoded();
      case "broken signature" -> {
        byte[] reply = stamp(good, asked, now).getEncoded();
        reply[reply.length - 1] ^= 1;
        yield reply;
      }
      default -> throw new IllegalArgumentException(fault);
    };
  }

  private static TimeStampRequest request(byte[] digest, BigInteger nonce) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    return generator.generate(TimestampTrust.DIGEST, digest, nonce);
  }

  private static TimeStampResponse stamp(TestCertificates as, TimeStampRequest asked, Instant time)
      throws Exception {
    return generator(as).generate(asked, BigInteger.valueOf(System.nanoTime()), Date.from(time));
  }

  private static TimeStampResponseGenerator generator(TestCertificates as) throws Exception {
    var sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    TimeStampTokenGenerator tokens =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder().build(SHA_256, as.key(), certificate(as)),
            new JcaDigestCalculatorProviderBuilder().build().get(sha256),
            new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.1"));
    tokens.addCertificates(new CollectionStore<>(as.chain()));
    return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED);
  }

  private static java.security.cert.X509Certificate certificate(TestCertificates as)
      throws Exception {
    return new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter()
        .getCertificate(as.certificate());
  }

  /// Put together by hand, since the library makes no token under a certificate that is not for it.
  private byte[] withOtherPurpose(TimeStampRequest asked, Instant time) throws Exception {
    byte[] info = stamp(good, asked, time).getTimeStampToken().getTimeStampInfo().getEncoded();
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(purpose.certificate().getEncoded());
    Attribute names =
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(new ESSCertIDv2(digest))));
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder()
            .setSignedAttributeGenerator(new AttributeTable(names))
            .build(SHA_256, purpose.key(), certificate(purpose)));
    generator.addCertificates(new CollectionStore<>(purpose.chain()));
    var token =
        generator.generate(
            new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info), true);
    return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), token.toASN1Structure())
        .getEncoded();
  }
}
