package dev.indelible.e2e.crash;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/// A Java agent (`-javaagent:e2e.jar=<file>`) that makes one method of a service fatal. The file
/// holds the crash point; without the file the process runs as it always does, so the same command
/// line serves for the crash and for the recovery. The JDK's class file API does the weaving (JEP
/// 484).
public final class CrashAgent {
  private static final ClassDesc COUNTDOWN = ClassDesc.of(Countdown.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  private CrashAgent() {}

  /// Called by the JVM before `main`.
  public static void premain(String argument, Instrumentation instrumentation) throws IOException {
    Path file = Path.of(argument);
    if (Files.exists(file)) {
      CrashPoint point = CrashPoint.parse(Files.readString(file).strip());
      Countdown.REMAINING.set(point.count());
      instrumentation.addTransformer(new Weaver(point));
    }
  }

  private record Weaver(CrashPoint point) implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        ClassLoader loader,
        String internalName,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] classFile) {
      if (!internalName.replace('/', '.').equals(point.className())) {
        return null;
      }
      return ClassFile.of()
          .transformClass(
              ClassFile.of().parse(classFile),
              ClassTransform.transformingMethodBodies(
                  method -> method.methodName().equalsString(point.method()), body()));
    }

    private CodeTransform body() {
      return switch (point.edge()) {
        case ENTRY -> CodeTransform.ofStateful(EntryPass::new);
        case EXIT -> Weaver::passBeforeReturn;
      };
    }

    private static void passBeforeReturn(CodeBuilder code, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        code.invokestatic(COUNTDOWN, "pass", NOTHING);
      }
      code.with(element);
    }
  }

  /// Puts the call before the first element of a method body.
  private static final class EntryPass implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      code.invokestatic(COUNTDOWN, "pass", NOTHING);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
