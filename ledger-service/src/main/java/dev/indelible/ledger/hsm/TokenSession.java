package dev.indelible.ledger.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An open, logged-in session with one token. Not for two threads at once.
final class TokenSession {
  /// `CKO_PUBLIC_KEY` and `CKO_PRIVATE_KEY`.
  static final long PUBLIC_KEY = 2;

  static final long PRIVATE_KEY = 3;

  private static final long CKA_CLASS = 0x00;
  private static final long CKA_LABEL = 0x03;
  private static final long CKF_SERIAL_SESSION = 4; // required, PKCS#11 v2.40 §5.6
  private static final long CKU_USER = 1;
  private static final long MOST_SLOTS = 256;
  private static final long TOKEN_INFO_BYTES = 208;
  private static final int LABEL_BYTES = 32; // padded with blanks, §3.2
  private static final long ATTRIBUTE_BYTES = 24; // CK_ATTRIBUTE: type, address, length
  private static final long MOST_VALUE_BYTES = 4096;

  private final Cryptoki library;
  private final long handle;

  private TokenSession(Cryptoki library, long handle) {
    this.library = library;
    this.handle = handle;
  }

  /// Opens a session with the token of this label and logs in as its user.
  static TokenSession open(Cryptoki library, String label, byte[] pin) throws CryptokiException {
    library.initialize();
    long slot = slot(library, label);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment session = arena.allocate(JAVA_LONG);
      MemorySegment none = MemorySegment.NULL;
      library.call(Cryptoki.OPEN_SESSION, slot, CKF_SERIAL_SESSION, none, none, session);
      TokenSession opened = new TokenSession(library, session.get(JAVA_LONG, 0));
      opened.login(pin);
      return opened;
    }
  }

  /// The slot that holds the token of this label.
  static long slot(Cryptoki library, String label) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slots = arena.allocate(JAVA_LONG, MOST_SLOTS);
      MemorySegment count = arena.allocateFrom(JAVA_LONG, MOST_SLOTS);
      library.call(Cryptoki.GET_SLOT_LIST, (byte) 1, slots, count);
      for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
        MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, Long.BYTES);
        library.call(Cryptoki.GET_TOKEN_INFO, slots.getAtIndex(JAVA_LONG, i), info);
        byte[] name = info.asSlice(0, LABEL_BYTES).toArray(JAVA_BYTE);
        if (new String(name, StandardCharsets.UTF_8).stripTrailing().equals(label)) {
          return slots.getAtIndex(JAVA_LONG, i);
        }
      }
      throw new CryptokiException("no token with the label " + label);
    }
  }

  /// Who is logged in is the same for all sessions of a process with a token (§5.6).
  private void login(byte[] pin) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocateFrom(JAVA_BYTE, pin);
      library.call(Cryptoki.LOGIN, handle, CKU_USER, copy, (long) pin.length);
    } catch (CryptokiException e) {
      if (!e.is(CryptokiException.ALREADY_LOGGED_IN)) {
        close();
        throw e;
      }
    }
  }

  /// The only object of this class and label.
  long find(long objectClass, String label) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      byte[] text = label.getBytes(StandardCharsets.UTF_8);
      MemorySegment template = arena.allocate(2 * ATTRIBUTE_BYTES, Long.BYTES);
      attribute(template, 0, CKA_CLASS, arena.allocateFrom(JAVA_LONG, objectClass));
      attribute(template, 1, CKA_LABEL, arena.allocateFrom(JAVA_BYTE, text));
      library.call(Cryptoki.FIND_OBJECTS_INIT, handle, template, 2L);
      MemorySegment found = arena.allocate(JAVA_LONG, 2);
      MemorySegment count = arena.allocate(JAVA_LONG);
      library.call(Cryptoki.FIND_OBJECTS, handle, found, 2L, count);
      library.call(Cryptoki.FIND_OBJECTS_FINAL, handle);
      if (count.get(JAVA_LONG, 0) != 1) {
        throw new CryptokiException(
            count.get(JAVA_LONG, 0) + " objects of class " + objectClass + " called " + label);
      }
      return found.get(JAVA_LONG, 0);
    }
  }

  /// The value of one attribute.
  byte[] attribute(long object, long type) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment template = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
      MemorySegment value = arena.allocate(MOST_VALUE_BYTES);
      attribute(template, 0, type, value);
      library.call(Cryptoki.GET_ATTRIBUTE_VALUE, handle, object, template, 1L);
      return value.asSlice(0, template.get(JAVA_LONG, 16)).toArray(JAVA_BYTE);
    }
  }

  private static void attribute(MemorySegment template, int i, long type, MemorySegment value) {
    template.set(JAVA_LONG, i * ATTRIBUTE_BYTES, type);
    template.set(ADDRESS, i * ATTRIBUTE_BYTES + 8, value);
    template.set(JAVA_LONG, i * ATTRIBUTE_BYTES + 16, value.byteSize());
  }

  /// Signs a message as it is, with a mechanism that takes no parameter.
  byte[] sign(long mechanism, long key, byte[] message, int signatureBytes)
      throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      // CK_MECHANISM: type, parameter, its length.
      MemorySegment how = arena.allocate(3 * Long.BYTES, Long.BYTES);
      how.set(JAVA_LONG, 0, mechanism);
      library.call(Cryptoki.SIGN_INIT, handle, how, key);
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, message);
      MemorySegment signature = arena.allocate(signatureBytes);
      MemorySegment length = arena.allocateFrom(JAVA_LONG, signatureBytes);
      library.call(Cryptoki.SIGN, handle, text, (long) message.length, signature, length);
      return Arrays.copyOf(signature.toArray(JAVA_BYTE), (int) length.get(JAVA_LONG, 0));
    }
  }

  /// Ends the session, if it has not ended already.
  void close() {
    try {
      library.call(Cryptoki.CLOSE_SESSION, handle);
    } catch (CryptokiException gone) {
      // Nothing is left to close; whoever opens the next session will say what is wrong.
    }
  }
}
