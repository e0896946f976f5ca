/// Machines of organisations as clients of Keycloak and of the services: they prove themselves by a
/// key (RFC 7523), and hold tokens that are bound to a key (RFC 9449).
@NullMarked
package dev.indelible.local.machine;

import org.jspecify.annotations.NullMarked;
