/// What a claim is, for every feature of the service.
@NullMarked
package dev.indelible.claims;

import org.jspecify.annotations.NullMarked;
