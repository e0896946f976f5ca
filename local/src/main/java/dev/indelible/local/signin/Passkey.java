package dev.indelible.local.signin;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// A discoverable credential (W3C WebAuthn level 3) in software, for ES256. Whoever has its private
/// key passes for the person, so it is for machines on which nothing is at stake.
///
/// It says of itself that the user was present and verified, counts no signatures and attests
/// nothing, as synchronised passkeys do.
///
/// @param id what the relying party knows it by, base64url
/// @param privateKey PKCS#8, base64url
/// @param userHandle whose it is, as the relying party said, base64url
public record Passkey(String id, String privateKey, String userHandle) {
  /// Flags of authenticator data (WebAuthn §6.1).
  private static final int USER_PRESENT = 0x01;

  private static final int USER_VERIFIED = 0x04;
  private static final int ATTESTED_CREDENTIAL = 0x40;

  private static final int ID_BYTES = 32;
  private static final int COORDINATE_BYTES = 32;

  /// A COSE key (RFC 9052 §7): type EC2, algorithm ES256, curve P-256, then x and y.
  private static final byte[] COSE_UNTIL_X = HexFormat.of().parseHex("a5010203262001215820");

  private static final byte[] COSE_UNTIL_Y = HexFormat.of().parseHex("225820");

  /// `{"fmt": "none", "attStmt": {}, "authData": <bytes, one byte of length>}` in CBOR, until the
  /// length (WebAuthn §8.7).
  private static final byte[] ATTESTATION =
      HexFormat.of().parseHex("a363666d74646e6f6e656761747453746d74a068617574684461746158");

  /// What a relying party asks of an authenticator.
  ///
  /// @param origin of the page that passes it on
  public record Request(String origin, String rpId, String challenge) {}

  /// What a new credential answers to its registration.
  ///
  /// @param fields the answer's parts by their names in the WebAuthn API
  public record Registered(Passkey passkey, Map<String, String> fields) {}

  /// Makes one and registers it.
  static Registered register(Request request, String userHandle) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] id = new byte[ID_BYTES];
      new SecureRandom().nextBytes(id);
      Passkey passkey = new Passkey(base64(id), base64(pair.getPrivate().getEncoded()), userHandle);
      byte[] data = attested(request, id, (ECPublicKey) pair.getPublic());
      byte[] attestation = join(ATTESTATION, new byte[] {(byte) data.length}, data);
      return new Registered(
          passkey,
          Map.of(
              "clientDataJSON", base64(clientData("webauthn.create", request)),
              "attestationObject", base64(attestation),
              "publicKeyCredentialId", passkey.id()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /// Shows that the private key is here (WebAuthn §7.2): a signature over the authenticator data
  /// and the hash of what the browser saw.
  Map<String, String> answer(Request request) {
    byte[] client = clientData("webauthn.get", request);
    byte[] data = authenticatorData(request, USER_PRESENT | USER_VERIFIED);
    return Map.of(
        "clientDataJSON", base64(client),
        "authenticatorData", base64(data),
        "signature", base64(sign(join(data, sha256(client)))),
        "credentialId", id,
        "userHandle", userHandle);
  }

  private byte[] sign(byte[] message) {
    try {
      byte[] encoded = Base64.getUrlDecoder().decode(privateKey);
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("not a P-256 key", e);
    }
  }

  /// Authenticator data with the new key in it (WebAuthn §6.5.1); the model of the authenticator,
  /// 16 bytes, is nobody's.
  private static byte[] attested(Request request, byte[] id, ECPublicKey key) {
    return join(
        authenticatorData(request, USER_PRESENT | USER_VERIFIED | ATTESTED_CREDENTIAL),
        new byte[16],
        new byte[] {0, (byte) id.length},
        id,
        COSE_UNTIL_X,
        coordinate(key.getW().getAffineX()),
        COSE_UNTIL_Y,
        coordinate(key.getW().getAffineY()));
  }

  /// The relying party's hash, the flags, and a signature counter that stays zero.
  private static byte[] authenticatorData(Request request, int flags) {
    byte[] party = sha256(request.rpId().getBytes(StandardCharsets.UTF_8));
    return join(party, new byte[] {(byte) flags, 0, 0, 0, 0});
  }

  /// WebAuthn §5.8.1.1; none of the values has a character that JSON would escape.
  private static byte[] clientData(String type, Request request) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, request.challenge(), request.origin())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] coordinate = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, coordinate, COORDINATE_BYTES - length, length);
    return coordinate;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Nothing that could sign.
  @Override
  public String toString() {
    return "Passkey[" + id + "]";
  }
}
