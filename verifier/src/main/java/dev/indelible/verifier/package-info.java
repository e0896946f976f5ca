/// The offline verifier: a document, a proof, a policy, a verdict. Opens files and nothing else.
@NullMarked
package dev.indelible.verifier;

import org.jspecify.annotations.NullMarked;
