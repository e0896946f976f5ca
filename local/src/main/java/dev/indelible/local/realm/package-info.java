/// The realm of a running Keycloak against the realm of `identity/`: what differs, and how it is
/// brought in line.
@NullMarked
package dev.indelible.local.realm;

import org.jspecify.annotations.NullMarked;
