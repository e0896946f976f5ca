package dev.indelible.kit.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Reads request bodies. First by the reader that every evidence goes through, which refuses what
/// two readers could read differently; then into a type, where what the type does not name is
/// refused and nothing is converted.
@ApplicationScoped
public class StrictJson {
  private final ObjectMapper mapper;

  @Inject
  StrictJson(ObjectMapper mapper) {
    this.mapper = strict(mapper);
  }

  @SuppressWarnings("deprecation") // The builder cannot start from the application's mapper.
  private static ObjectMapper strict(ObjectMapper base) {
    ObjectMapper strict =
        base.copy()
            .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    var ignored =
        strict
            .coercionConfigFor(LogicalType.Textual)
            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return strict;
  }

  /// Reads a body.
  ///
  /// @throws Rejection (400) naming the element by its JSON Pointer
  public <T> T read(byte[] body, Class<T> type) {
    requireStrict(body);
    ObjectReader reader = mapper.readerFor(type);
    try {
      T value = reader.readValue(body);
      if (value == null) {
        throw invalid("", "a value is required");
      }
      return value;
    } catch (ValueInstantiationException e) {
      throw e.getCause() instanceof Rejection rejection
          ? rejection
          : invalid(
              pointer(e),
              e.getCause() instanceof IllegalArgumentException cause
                  ? String.valueOf(cause.getMessage())
                  : "is not allowed");
    } catch (JsonMappingException e) {
      throw invalid(pointer(e), message(e));
    } catch (JsonProcessingException e) {
      throw Rejection.of(CommonProblem.MALFORMED_BODY, "The body is not JSON.");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static void requireStrict(byte[] body) {
    try {
      var ignored = JsonReader.read(body);
    } catch (JsonException e) {
      throw Rejection.of(CommonProblem.MALFORMED_BODY, String.valueOf(e.getMessage()));
    }
  }

  private static Rejection invalid(String pointer, String message) {
    return Rejection.of(
            CommonProblem.INVALID_BODY, (pointer.isEmpty() ? "The body" : pointer) + ": " + message)
        .violations(List.of(new Violation(pointer, message)));
  }

  /// Jackson's own words name our classes; these name what was expected.
  private static String message(JsonMappingException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown -> "is not a known member";
      case InvalidFormatException format when format.getTargetType().isEnum() ->
          "is none of " + List.of(format.getTargetType().getEnumConstants());
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          "is missing or is not " + expected(mismatch.getTargetType());
      default -> "is not allowed";
    };
  }

  private static String expected(Class<?> type) {
    if (CharSequence.class.isAssignableFrom(type) || Temporal.class.isAssignableFrom(type)) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "an array";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    boolean number = type.isPrimitive() || Number.class.isAssignableFrom(type);
    return number ? "an integer" : "an object";
  }

  private static String pointer(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? Integer.toString(step.getIndex())
                    : escape(step.getFieldName()))
        .map(step -> "/" + step)
        .collect(Collectors.joining());
  }

  /// RFC 6901 §3.
  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
