/// Starts the real thing on one machine without containers: PostgreSQL, Keycloak, witnesses and the
/// services, as ordinary processes. The shell command and the integration tests run the same {@link
/// dev.indelible.local.Stack}.
@NullMarked
package dev.indelible.local;

import org.jspecify.annotations.NullMarked;
