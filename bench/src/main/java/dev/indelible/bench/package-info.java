/// Benchmarks as commands: each runs its baseline in the same run, on the same machine, and prints
/// ratios.
@NullMarked
package dev.indelible.bench;

import org.jspecify.annotations.NullMarked;
