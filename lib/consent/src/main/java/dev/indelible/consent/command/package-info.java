/// The command that makes a decision again, for whoever has the three files. Here and not one
/// package up, where nothing may reach a file.
@NullMarked
package dev.indelible.consent.command;

import org.jspecify.annotations.NullMarked;
