/// What a service's own tests take from here.
@NullMarked
package dev.indelible.local.testing;

import org.jspecify.annotations.NullMarked;
