package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.kit.audit.Difference;
import java.util.List;
import java.util.Set;

/// What the database alone said, at one moment. What is as it should be is only counted.
///
/// @param statements statements rebuilt
/// @param rows rows of the services' anchored tables
/// @param differences what differs already
/// @param unaccounted statements of which nothing says whether the log has them
/// @param unanchored live statements of which no table of ours knows anything
/// @param explained leaf indexes of entries whose missing row is among the differences already
/// @param whole whether everything was compared; not when there were too many differences
record LocalResult(
    long statements,
    long rows,
    List<Difference> differences,
    List<Unaccounted> unaccounted,
    List<LiveStatement> unanchored,
    Set<Long> explained,
    boolean whole) {}
