package dev.indelible.anchoring;

/// CDI event: something waits. The relay hears it once the transaction has committed.
record Enqueued() {}
