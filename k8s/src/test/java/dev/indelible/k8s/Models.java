package dev.indelible.k8s;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/// Walks fabric8 models.
final class Models {

  private Models() {}

  /// Collects, with their paths, the fields that a model had no place for.
  static void collectAdditional(String path, Object value, Map<String, Object> found)
      throws ReflectiveOperationException {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collectAdditional(path + "/" + i, list.get(i), found);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        collectAdditional(path + "/" + entry.getKey(), entry.getValue(), found);
      }
    } else if (value != null && value.getClass().getPackageName().startsWith("io.fabric8")) {
      collectFromModel(path, value, found);
    }
  }

  private static void collectFromModel(String path, Object model, Map<String, Object> found)
      throws ReflectiveOperationException {
    for (Method method : model.getClass().getMethods()) {
      String name = method.getName();
      if (!name.startsWith("get") || method.getParameterCount() > 0 || name.equals("getClass")) {
        continue;
      }
      Object value = method.invoke(model);
      if (name.equals("getAdditionalProperties")) {
        ((Map<?, ?>) value).forEach((key, left) -> found.put(path + "/" + key, left));
      } else {
        collectAdditional(path + "/" + name.substring(3), value, found);
      }
    }
  }
}
