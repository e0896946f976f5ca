package dev.indelible.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Issues certificates as cert-manager does for the prod overlay: P-256, names in the subject
/// alternative name and nowhere else.
record Authority(KeyPair keys, X509CertificateHolder root) {
  private static final X500Name NAME = new X500Name("CN=Indelible services");
  private static final X500Name NOBODY = new X500Name(new org.bouncycastle.asn1.x500.RDN[0]);

  static Authority create() {
    try {
      KeyPair keys = pair();
      return new Authority(
          keys,
          builder(NAME, keys)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
              .build(signer(keys)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A key and its certificate.
  record Leaf(KeyPair keys, X509CertificateHolder certificate) {
    String keyPem() throws IOException {
      return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
    }

    String certificatePem() throws IOException {
      return pem(certificate);
    }
  }

  Leaf issue(List<String> names) {
    try {
      KeyPair own = pair();
      GeneralName[] all =
          names.stream()
              .map(name -> new GeneralName(GeneralName.dNSName, name))
              .toArray(GeneralName[]::new);
      return new Leaf(
          own,
          builder(NOBODY, own)
              .addExtension(Extension.subjectAlternativeName, true, new GeneralNames(all))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .build(signer(keys)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The files of a secret of type `kubernetes.io/tls`, exchanged together as a kubelet does it.
  void writeSecret(Path folder, List<String> names) {
    Leaf leaf = issue(names);
    try {
      Path version = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".");
      Files.writeString(version.resolve("tls.crt"), leaf.certificatePem());
      Files.writeString(version.resolve("tls.key"), leaf.keyPem());
      writeRoot(version);
      Path link = folder.resolveSibling(folder.getFileName() + ".next");
      Files.createSymbolicLink(link, version);
      Files.move(link, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What everybody may have of this authority.
  void writeRoot(Path folder) throws IOException {
    Files.writeString(Files.createDirectories(folder).resolve("ca.crt"), pem(root));
  }

  /// How to be a server with a certificate of this authority.
  SSLContext server(List<String> names) {
    Leaf leaf = issue(names);
    try {
      KeyStore store = emptyStore();
      Certificate[] chain = {certificate(leaf.certificate())};
      store.setKeyEntry("server", leaf.keys().getPrivate(), new char[0], chain);
      KeyManagerFactory manager = KeyManagerFactory.getInstance("PKIX");
      manager.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(manager.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How to be a client that trusts this authority alone.
  SSLContext client() {
    try {
      KeyStore store = emptyStore();
      store.setCertificateEntry("authority", certificate(root));
      TrustManagerFactory manager = TrustManagerFactory.getInstance("PKIX");
      manager.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, manager.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate certificate(X509CertificateHolder holder)
      throws GeneralSecurityException, IOException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair keys) {
    return new JcaX509v3CertificateBuilder(
        NAME,
        BigInteger.valueOf(System.nanoTime()),
        Date.from(Instant.now().minus(Duration.ofDays(1))),
        Date.from(Instant.now().plus(Duration.ofDays(90))),
        subject,
        keys.getPublic());
  }

  private static org.bouncycastle.operator.ContentSigner signer(KeyPair keys)
      throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
