/// The five minutes in which a newcomer sees what the system is for, by the same calls any user
/// makes.
@NullMarked
package dev.indelible.local.demo;

import org.jspecify.annotations.NullMarked;
