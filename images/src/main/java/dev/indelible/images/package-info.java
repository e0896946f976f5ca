/// Container images, built from the packaged programs without a container engine and without a base
/// image. Only [Probe] runs inside a container.
@NullMarked
package dev.indelible.images;

import org.jspecify.annotations.NullMarked;
