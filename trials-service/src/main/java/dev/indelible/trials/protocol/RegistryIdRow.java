package dev.indelible.trials.protocol;

import dev.indelible.trials.content.ProtocolContent.RegistryId;
import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/// Under which id a registry knows the trial; the version is the one that brought the id.
@Entity
@Table(name = "registry_id")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
class RegistryIdRow extends VersionPart {
  long position;
  String system;
  String value;
  String normalised;

  @Override
  String table() {
    return "registry_id";
  }

  @Override
  String member() {
    return "registryIds";
  }

  @Override
  long position() {
    return position;
  }

  RegistryId given() {
    return new RegistryId(system, value);
  }

  @Override
  void putInto(RowFields fields) {
    super.putInto(fields);
    fields
        .put("position", (Long) position)
        .put("system", system)
        .put("value", value)
        .put("normalised", normalised);
  }
}
