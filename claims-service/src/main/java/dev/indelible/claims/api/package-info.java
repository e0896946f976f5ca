/// The HTTP edge. Declares roles, reads bodies, answers; decides nothing.
@NullMarked
package dev.indelible.claims.api;

import org.jspecify.annotations.NullMarked;
