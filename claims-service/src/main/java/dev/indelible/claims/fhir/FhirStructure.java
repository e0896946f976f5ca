package dev.indelible.claims.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import dev.indelible.kit.problem.Violation;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;

/// Compares a JSON tree with the R4 model and names every element that does not fit by its path:
/// unknown, missing, of the wrong type, or with a value or code that its type does not have. The
/// parser itself stops at the first fault and knows only the fault's parent.
final class FhirStructure {
  /// `modifierExtension` changes the meaning of what it stands in; who does not know it must refuse
  /// the resource (FHIR R4 §2.1.0.5.0.1).
  private static final String MODIFIER_EXTENSION = "modifierExtension";

  private static final Set<String> NUMBERS =
      Set.of("decimal", "integer", "positiveInt", "unsignedInt");
  private static final int MAX_VIOLATIONS = 50;

  private final List<Violation> violations = new ArrayList<>();

  private FhirStructure() {}

  /// All faults of a resource, at most fifty.
  ///
  /// @param path how the resource is called in the paths
  static List<Violation> violations(JsonObject resource, String path) {
    FhirStructure structure = new FhirStructure();
    structure.resource(resource, path);
    return structure.violations;
  }

  private void resource(Json json, String path) {
    if (!(json instanceof JsonObject resource)) {
      add(path, "is not a resource");
      return;
    }
    String type = resource.findString("resourceType").orElse(null);
    if (type == null || !Fhir.R4.getResourceTypes().contains(type)) {
      add(
          path + ".resourceType",
          type == null ? "is required" : "is not a resource type of FHIR R4");
      return;
    }
    element(resource, Fhir.R4.getResourceDefinition(type), path);
  }

  private void element(
      JsonObject object, BaseRuntimeElementCompositeDefinition<?> type, String path) {
    object.members().forEach((name, value) -> member(name, value, type, path));
    for (BaseRuntimeChildDefinition child : type.getChildren()) {
      boolean given = child.getValidChildNames().stream().anyMatch(n -> given(object, n));
      if (child.getMin() > 0 && !given) {
        add(path + "." + child.getElementName(), "is required");
      }
    }
  }

  /// A primitive may be absent with a reason given in an extension: `_created`.
  private static boolean given(JsonObject object, String name) {
    return object.find(name).isPresent() || object.find("_" + name).isPresent();
  }

  private void member(
      String name, Json value, BaseRuntimeElementCompositeDefinition<?> type, String path) {
    String at = path + "." + name;
    switch (name) {
      case "resourceType" -> {
        if (!(type instanceof RuntimeResourceDefinition)) {
          add(at, "is not an element of FHIR R4");
        }
      }
      case "id" -> text(value, at);
      case MODIFIER_EXTENSION -> add(at, "is a modifier that is not known here");
      case "extension" -> extensions(value, at);
      case "contained" -> each(value, at, this::resource);
      default -> known(name, value, type, path);
    }
  }

  private void known(
      String name, Json value, BaseRuntimeElementCompositeDefinition<?> type, String path) {
    boolean besidePrimitive = name.startsWith("_");
    String plain = besidePrimitive ? name.substring(1) : name;
    BaseRuntimeChildDefinition child = type.getChildByName(plain);
    BaseRuntimeElementDefinition<?> childType = child == null ? null : child.getChildByName(plain);
    String at = path + "." + name;
    if (child == null || childType == null) {
      add(at, "is not an element of FHIR R4");
    } else if (besidePrimitive) {
      beside(value, at);
    } else if (child.getMax() == 1) {
      one(value, child, childType, at);
    } else {
      each(value, at, (json, place) -> one(json, child, childType, place));
    }
  }

  private void one(
      Json value,
      BaseRuntimeChildDefinition child,
      BaseRuntimeElementDefinition<?> type,
      String at) {
    switch (type.getChildType()) {
      case RESOURCE -> resource(value, at);
      case PRIMITIVE_DATATYPE, ID_DATATYPE, PRIMITIVE_XHTML, PRIMITIVE_XHTML_HL7ORG ->
          primitive(value, child, type, at);
      default -> {
        if (!(value instanceof JsonObject object)) {
          add(at, "is not an object");
        } else if (object.members().isEmpty()) {
          add(at, "is empty");
        } else if (type instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
          element(object, composite, at);
        }
      }
    }
  }

  private void primitive(
      Json value,
      BaseRuntimeChildDefinition child,
      BaseRuntimeElementDefinition<?> type,
      String at) {
    String text = literal(value, type.getName());
    if (text == null) {
      add(at, "is not of type " + type.getName());
    } else if (type.getName().equals("xhtml")) {
      // The narrative is for people; it is neither kept nor shown.
    } else if (!reads(text, child, type)) {
      add(at, "is not a value of type " + type.getName() + ", or an unknown code");
    }
  }

  private static @Nullable String literal(Json value, String type) {
    return switch (value) {
      case JsonNumber number when NUMBERS.contains(type) -> number.literal();
      case JsonBoolean truth when type.equals("boolean") -> Boolean.toString(truth.value());
      case JsonString text when !NUMBERS.contains(type) && !type.equals("boolean") ->
          text.value().isEmpty() ? null : text.value();
      default -> null;
    };
  }

  private static boolean reads(
      String text, BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> type) {
    try {
      Object instance = type.newInstance(child.getInstanceConstructorArguments());
      if (instance instanceof IPrimitiveType<?> primitive) {
        primitive.setValueAsString(text);
        return !(primitive.getValue() == null);
      }
      return false;
    } catch (DataFormatException | IllegalArgumentException e) {
      return false;
    }
  }

  /// Id and extensions of a primitive, or of each of a list of them.
  private void beside(Json value, String at) {
    switch (value) {
      case JsonObject object -> extensible(object, at);
      case JsonArray list ->
          list.elements().stream()
              .filter(JsonObject.class::isInstance)
              .forEach(each -> extensible((JsonObject) each, at));
      default -> add(at, "is not an object");
    }
  }

  private void extensible(JsonObject object, String at) {
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      switch (member.getKey()) {
        case "id" -> text(member.getValue(), at + ".id");
        case "extension" -> extensions(member.getValue(), at + ".extension");
        default -> add(at + "." + member.getKey(), "is not an element of FHIR R4");
      }
    }
  }

  private void extensions(Json value, String at) {
    var type = (BaseRuntimeElementCompositeDefinition<?>) Fhir.R4.getElementDefinition("Extension");
    each(
        value,
        at,
        (json, place) -> {
          if (json instanceof JsonObject object && type != null) {
            element(object, type, place);
          } else {
            add(place, "is not an object");
          }
        });
  }

  private interface Visit {
    void accept(Json element, String path);
  }

  private void each(Json value, String at, Visit visit) {
    if (!(value instanceof JsonArray list)) {
      add(at, "is not a list");
      return;
    }
    if (list.elements().isEmpty()) {
      add(at, "is an empty list");
    }
    for (int i = 0; i < list.elements().size(); i++) {
      visit.accept(list.elements().get(i), at + "[" + i + "]");
    }
  }

  private void text(Json value, String at) {
    if (!(value instanceof JsonString)) {
      add(at, "is not of type string");
    }
  }

  private void add(String path, String message) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(new Violation(path, message));
    }
  }
}
