package dev.indelible.claims;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A person as an insurer knows them: the same letters in every claim, compared exactly.
///
/// @param organisation alias of the insurer
/// @param system who gave the identifier; absent when only the insurer knows it
/// @param value the identifier
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Member(String organisation, @Nullable String system, String value) {}
