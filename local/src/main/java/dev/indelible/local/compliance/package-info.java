/// Which requirements of security and record-keeping the last test run has shown.
@NullMarked
package dev.indelible.local.compliance;

import org.jspecify.annotations.NullMarked;
