/// Signs people in at Keycloak as a browser with a passkey would: authorisation code, PKCE, a
/// pushed request, and an authenticator in software. For one's own machine and for tests.
@NullMarked
package dev.indelible.local.signin;

import org.jspecify.annotations.NullMarked;
