/// Envelope encryption of what a record consists of: each record's cells under a data key of its
/// own, each data key wrapped by the service's key-encryption key (NIST SP 800-57 part 1, §5.3.5).
/// Whoever destroys the one destroys the record, in every copy of it that there is.
@NullMarked
package dev.indelible.anchoring.encryption;

import org.jspecify.annotations.NullMarked;
