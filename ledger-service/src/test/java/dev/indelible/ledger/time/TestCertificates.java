package dev.indelible.ledger.time;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certification authority and what it issues to a time-stamping authority.
///
/// @param chain the certificate of the key, then the one that issued it
record TestCertificates(PrivateKey key, List<X509CertificateHolder> chain) {
  private static final Duration YEAR = Duration.ofDays(365);

  static TestCertificates of(KeyPurposeId purpose, Instant end) {
    try {
      KeyPair root = keys();
      X500Name rootName = new X500Name("CN=Root of the test authority");
      X509CertificateHolder anchor =
          builder(rootName, rootName, root, Instant.now().plus(YEAR))
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.getPrivate()));
      KeyPair own = keys();
      X509CertificateHolder certificate =
          builder(rootName, new X500Name("CN=Test authority"), own, end)
              .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.getPrivate()));
      return new TestCertificates(own.getPrivate(), List.of(certificate, anchor));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant end) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(System.nanoTime()),
        Date.from(Instant.now().minus(YEAR)),
        Date.from(end),
        subject,
        keys.getPublic());
  }

  X509CertificateHolder certificate() {
    return chain.getFirst();
  }

  static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
