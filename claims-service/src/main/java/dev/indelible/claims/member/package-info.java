/// Links a patient, who is nobody but the subject of a token, to the members of insurers that the
/// patient is.
@NullMarked
package dev.indelible.claims.member;

import org.jspecify.annotations.NullMarked;
