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
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.ProtectionDomain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A Java agent (`-javaagent:e2e.jar=<file>`) that makes one method of a running service fatal. The
/// file holds the id of the process that is to die and the crash point; until it is written, and in
/// all other processes, everything runs as it always does. The JDK's class file API does the
/// weaving (JEP 484).
public final class CrashAgent {
  private static final ClassDesc COUNTDOWN = ClassDesc.of(Countdown.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final Duration LOOK = Duration.ofMillis(20);

  private CrashAgent() {}

  /// Called by the JVM before `main`.
  public static void premain(String argument, Instrumentation instrumentation) {
    Thread.ofPlatform()
        .daemon()
        .name("crash-agent")
        .start(() -> arm(Path.of(argument), instrumentation));
  }

  /// What a test writes, in one step, so that it is never read half written.
  public static void write(Path file, long process, CrashPoint point) throws IOException {
    Path whole = Files.writeString(file.resolveSibling("whole"), process + " " + point);
    var ignored = Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void arm(Path file, Instrumentation instrumentation) {
    try {
      CrashPoint point = awaited(file);
      Countdown.REMAINING.set(point.count());
      instrumentation.addTransformer(new Weaver(point), true);
      for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
        if (loaded.getName().equals(point.className())) {
          instrumentation.retransformClasses(loaded);
        }
      }
    } catch (IOException | InterruptedException | UnmodifiableClassException e) {
      throw new IllegalStateException("no crash", e);
    }
  }

  private static CrashPoint awaited(Path file) throws IOException, InterruptedException {
    String own = ProcessHandle.current().pid() + " ";
    while (true) {
      String text = Files.exists(file) ? Files.readString(file) : "";
      if (text.startsWith(own)) {
        return CrashPoint.parse(text.substring(own.length()));
      }
      Thread.sleep(LOOK);
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
