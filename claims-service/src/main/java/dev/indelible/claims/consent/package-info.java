/// Lets a patient show their claims at one insurer to another organisation, for a purpose and a
/// time. What decides is `dev.indelible.consent`; here are the rows and the questions.
@NullMarked
package dev.indelible.claims.consent;

import org.jspecify.annotations.NullMarked;
