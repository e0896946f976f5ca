package dev.indelible.kit.problem;

/// One element of a request that is not allowed, and why.
///
/// @param field the element: a JSON Pointer, a FHIRPath, or a parameter's name
/// @param message what is wrong, without the value, which may be personal
public record Violation(String field, String message) {}
