package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.kit.audit.Difference;
import java.util.List;
import java.util.Set;

/// What the database alone said, at one moment.
///
/// @param statements statements rebuilt
/// @param rows rows of the services' anchored tables
/// @param differences what differs already
/// @param expected what the log has to say
/// @param unanchored live statements of which no table of ours knows anything
/// @param explained leaf indexes of entries whose missing row is among the differences already
record LocalResult(
    long statements,
    long rows,
    List<Difference> differences,
    List<Expected> expected,
    List<LiveStatement> unanchored,
    Set<Long> explained) {}
