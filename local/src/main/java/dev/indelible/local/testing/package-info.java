/// What tests of services, and of the whole system, take from here.
@NullMarked
package dev.indelible.local.testing;

import org.jspecify.annotations.NullMarked;
