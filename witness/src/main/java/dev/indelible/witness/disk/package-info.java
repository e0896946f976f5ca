/// What has to survive a crash: files that are replaced whole or not at all, and a folder that one
/// process owns.
@NullMarked
package dev.indelible.witness.disk;

import org.jspecify.annotations.NullMarked;
