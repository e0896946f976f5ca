package dev.indelible.ledger.time;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/// Which authorities are believed: those whose certificate leads to one of ours, as of the time
/// that they state. A certificate that expires later leaves its timestamps as they are; whether it
/// was revoked is not asked.
///
/// @param anchors where a chain has to end
public record TimestampTrust(List<X509Certificate> anchors) {
  /// A token has to outlast the hash function that it attests, hence not the tree's SHA-256.
  static final ASN1ObjectIdentifier DIGEST = NISTObjectIdentifiers.id_sha512;

  public TimestampTrust {
    anchors = List.copyOf(anchors);
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("no certificate to trust");
    }
  }

  /// Reads certificates in PEM.
  ///
  /// @throws IllegalArgumentException when there is none
  public static TimestampTrust parse(byte[] pem) {
    try {
      List<X509Certificate> anchors = new ArrayList<>();
      CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .forEach(certificate -> anchors.add((X509Certificate) certificate));
      return new TimestampTrust(anchors);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not certificates in PEM", e);
    }
  }

  /// What is stamped of a message.
  static byte[] digest(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  /// Checks that an authority whom we believe stamped this message.
  ///
  /// @return the time that it states
  public Instant verify(TimestampReply reply, byte[] message) throws TimestampException {
    TimeStampToken token = reply.token();
    var info = token.getTimeStampInfo();
    if (!info.getMessageImprintAlgOID().equals(DIGEST)
        || !MessageDigest.isEqual(info.getMessageImprintDigest(), digest(message))) {
      throw new TimestampException("something else was stamped");
    }
    X509CertificateHolder signer = signer(token);
    requireSigned(token, signer);
    requireChain(token, signer);
    return reply.time();
  }

  private static X509CertificateHolder signer(TimeStampToken token) throws TimestampException {
    Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
    if (found.size() != 1) {
      throw new TimestampException("the certificate is not in the token");
    }
    return found.iterator().next();
  }

  /// The signature; that the token names this very certificate (ESSCertID, RFC 3161 §2.4.2 and RFC
  /// 5816); that the certificate was valid at the stated time and is for timestamps alone,
  /// critically so (§2.3).
  private static void requireSigned(TimeStampToken token, X509CertificateHolder signer)
      throws TimestampException {
    try {
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
    } catch (TSPException | OperatorCreationException | CertificateException | RuntimeException e) {
      throw new TimestampException("not signed as a timestamp", e);
    }
  }

  /// RFC 5280 §6, by the JDK.
  private void requireChain(TimeStampToken token, X509CertificateHolder signer)
      throws TimestampException {
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(certificate(signer));
      Set<TrustAnchor> ends =
          anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(ends, target);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(token.getTimeStampInfo().getGenTime().toInstant()));
      List<X509Certificate> all = new ArrayList<>();
      for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
        all.add(certificate(holder));
      }
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
      var unused = CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new TimestampException("its certificate leads to none that we trust", e);
    }
  }

  private static X509Certificate certificate(X509CertificateHolder holder)
      throws java.io.IOException, CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
  }
}
