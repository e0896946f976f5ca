package dev.indelible.e2e;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A file of tests as the compiler reads it, so that a word in a comment is none.
///
/// @param enabled how many of its tests nobody has switched off
record TestSource(Path file, int enabled) {
  private static final Set<String> TESTS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "ArchTest");

  static List<TestSource> parse(List<Path> all) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<TestSource> parsed = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      for (Path file : all) {
        JavacTask task =
            (JavacTask)
                compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
        AtomicInteger enabled = new AtomicInteger();
        for (CompilationUnitTree unit : task.parse()) {
          Void ignored = new Counter(enabled).scan(unit, null);
        }
        parsed.add(new TestSource(file, enabled.get()));
      }
    }
    return parsed;
  }

  /// The module that it is in: `claims` for `claims-service/src/test/…`, `transparency` for
  /// `lib/transparency/…`.
  boolean isIn(@Nullable String module) {
    String path = Resources.root().relativize(file).toString();
    return module == null
        || path.startsWith(module + "/")
        || path.startsWith(module + "-service/")
        || path.startsWith("lib/" + module + "/");
  }

  /// Goes into no class and no method that is switched off.
  private static final class Counter extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final AtomicInteger enabled;

    Counter(AtomicInteger enabled) {
      this.enabled = enabled;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      return isOff(type.getModifiers()) ? null : super.visitClass(type, nothing);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      count(method.getModifiers());
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
      count(field.getModifiers());
      return null;
    }

    private void count(ModifiersTree modifiers) {
      if (!isOff(modifiers) && names(modifiers).stream().anyMatch(TESTS::contains)) {
        var _ = enabled.incrementAndGet();
      }
    }

    private static boolean isOff(ModifiersTree modifiers) {
      return names(modifiers).contains("Disabled");
    }

    private static List<String> names(ModifiersTree modifiers) {
      return modifiers.getAnnotations().stream()
          .map(AnnotationTree::getAnnotationType)
          .map(type -> type.toString().substring(type.toString().lastIndexOf('.') + 1))
          .toList();
    }
  }
}
