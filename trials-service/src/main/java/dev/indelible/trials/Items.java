package dev.indelible.trials;

import java.util.List;

/// A list as JSON: an object, so that it can get more members without breaking anybody.
///
/// @param items in the order that the address promises
public record Items<T>(List<T> items) {
  public Items {
    items = List.copyOf(items);
  }
}
