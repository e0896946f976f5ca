/// How much one caller may ask of a service, so that none can have it all.
@NullMarked
package dev.indelible.kit.quota;

import org.jspecify.annotations.NullMarked;
