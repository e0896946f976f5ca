package dev.indelible.ledger.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/// A PKCS#11 library: the few functions that signing needs, called as C functions.
///
/// The JDK's own provider for PKCS#11, SunPKCS11, knows no EdDSA (JDK 25), and a log's first
/// signature has to be Ed25519. So the library is called directly; the same calls sign with any
/// mechanism that a library offers, ML-DSA of PKCS#11 v3.2 included.
///
/// Layouts are those of 64-bit Unix, where `CK_ULONG` has 8 bytes and structures are aligned as C
/// aligns them (PKCS#11 v2.40 §2.1 and `pkcs11t.h`). On Windows both are different.
final class Cryptoki {
  private static final Linker LINKER = Linker.nativeLinker();

  /// Functions stand in `CK_FUNCTION_LIST` in this order, behind a two-byte version that is padded
  /// to 8 bytes (PKCS#11 v2.40 §3.6, `pkcs11f.h`).
  ///
  /// @param name as in the specification
  /// @param position counted from 0
  record Function(String name, int position, FunctionDescriptor type) {
    static Function of(String name, int position, MemoryLayout... arguments) {
      return new Function(name, position, FunctionDescriptor.of(JAVA_LONG, arguments));
    }
  }

  static final Function INITIALIZE = Function.of("C_Initialize", 0, ADDRESS);
  static final Function FINALIZE = Function.of("C_Finalize", 1, ADDRESS);
  static final Function GET_SLOT_LIST =
      Function.of("C_GetSlotList", 4, JAVA_BYTE, ADDRESS, ADDRESS);
  static final Function GET_TOKEN_INFO = Function.of("C_GetTokenInfo", 6, JAVA_LONG, ADDRESS);
  static final Function OPEN_SESSION =
      Function.of("C_OpenSession", 12, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
  static final Function CLOSE_SESSION = Function.of("C_CloseSession", 13, JAVA_LONG);
  static final Function LOGIN =
      Function.of("C_Login", 18, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
  static final Function GET_ATTRIBUTE_VALUE =
      Function.of("C_GetAttributeValue", 24, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
  static final Function FIND_OBJECTS_INIT =
      Function.of("C_FindObjectsInit", 26, JAVA_LONG, ADDRESS, JAVA_LONG);
  static final Function FIND_OBJECTS =
      Function.of("C_FindObjects", 27, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
  static final Function FIND_OBJECTS_FINAL = Function.of("C_FindObjectsFinal", 28, JAVA_LONG);
  static final Function SIGN_INIT = Function.of("C_SignInit", 42, JAVA_LONG, ADDRESS, JAVA_LONG);
  static final Function SIGN =
      Function.of("C_Sign", 43, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

  private static final long CKF_OS_LOCKING_OK = 2;

  /// Long enough for every function above.
  private static final long FUNCTION_LIST_BYTES = 8 + 68 * ADDRESS.byteSize();

  private final MemorySegment functions;

  private Cryptoki(MemorySegment functions) {
    this.functions = functions;
  }

  /// Loads a library, which stays loaded as long as this process lives.
  ///
  /// @throws IllegalArgumentException when the file is no PKCS#11 library
  static Cryptoki load(Path library) {
    MemorySegment entry =
        SymbolLookup.libraryLookup(library, Arena.global())
            .find("C_GetFunctionList")
            .orElseThrow(() -> new IllegalArgumentException(library + " is no PKCS#11 library"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ADDRESS);
      invoke("C_GetFunctionList", entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS), result);
      return new Cryptoki(result.get(ADDRESS, 0).reinterpret(FUNCTION_LIST_BYTES));
    } catch (CryptokiException e) {
      throw new IllegalArgumentException(library + " does not say what it can do", e);
    }
  }

  /// Initialises the library for use by several threads, unless somebody has.
  void initialize() throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      // CK_C_INITIALIZE_ARGS: four mutex functions that we do not give, flags, reserved.
      MemorySegment arguments = arena.allocate(6 * Long.BYTES, Long.BYTES);
      arguments.setAtIndex(JAVA_LONG, 4, CKF_OS_LOCKING_OK);
      call(INITIALIZE, arguments);
    } catch (CryptokiException e) {
      if (!e.is(CryptokiException.ALREADY_INITIALIZED)) {
        throw e;
      }
    }
  }

  /// Calls a function with arguments of its types.
  void call(Function function, Object... arguments) throws CryptokiException {
    MemorySegment address = functions.get(ADDRESS, 8 + function.position() * ADDRESS.byteSize());
    invoke(function.name(), address, function.type(), arguments);
  }

  private static void invoke(
      String name, MemorySegment address, FunctionDescriptor type, Object... arguments)
      throws CryptokiException {
    long result;
    try {
      result = (long) LINKER.downcallHandle(address, type).invokeWithArguments(arguments);
    } catch (Throwable e) {
      // The call itself throws nothing; what is left are arguments of wrong types.
      throw new LinkageError("cannot call " + name, e);
    }
    if (result != 0) {
      throw new CryptokiException(name, result);
    }
  }
}
