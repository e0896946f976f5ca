package dev.indelible.e2e;

/// One column of one table, as the catalogue knows it.
///
/// @param type PostgreSQL's name of the column's type
record Cell(String table, String column, String type) {

  /// SQL for a value that differs from the present one, whatever that is.
  String otherValue() {
    return switch (type) {
      case "text", "character varying" -> "coalesce(%s, '') || '1'".formatted(column);
      case "integer", "bigint", "smallint" -> "coalesce(%s, 0) + 1".formatted(column);
      case "bytea" ->
          "case when octet_length(%1$s) > 0 then set_byte(%1$s, 0, get_byte(%1$s, 0) # 1) else '\\x00' end"
              .formatted(column);
      case "uuid" -> "gen_random_uuid()";
      case "boolean" -> "not coalesce(%s, false)".formatted(column);
      case "timestamp with time zone" ->
          "coalesce(%s, now()) + interval '1 second'".formatted(column);
      case "date" -> "coalesce(%s, current_date) + 1".formatted(column);
      case "_text" -> "array_append(%s, '/zzz')".formatted(column);
      case "_uuid" -> "array_append(%s, gen_random_uuid())".formatted(column);
      default -> throw new IllegalStateException("no other value known for " + this);
    };
  }

  @Override
  public String toString() {
    return table + "." + column;
  }
}
