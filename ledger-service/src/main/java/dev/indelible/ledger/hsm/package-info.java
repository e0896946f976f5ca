/// Keys that live in hardware: the port to PKCS#11, through the JDK's own foreign functions.
@NullMarked
package dev.indelible.ledger.hsm;

import org.jspecify.annotations.NullMarked;
