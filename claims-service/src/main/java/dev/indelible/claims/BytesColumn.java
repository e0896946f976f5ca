package dev.indelible.claims;

import dev.indelible.anchoring.Bytes;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/// Maps [Bytes] to `bytea`.
@Converter(autoApply = true)
public class BytesColumn implements AttributeConverter<@Nullable Bytes, byte @Nullable []> {
  @Override
  public byte @Nullable [] convertToDatabaseColumn(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.toArray();
  }

  @Override
  public @Nullable Bytes convertToEntityAttribute(byte @Nullable [] column) {
    return column == null ? null : Bytes.of(column);
  }
}
