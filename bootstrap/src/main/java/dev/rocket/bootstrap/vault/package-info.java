/** Places where copies are kept: a folder, a bucket, and either of them sealed. */
@NullMarked
package dev.rocket.bootstrap.vault;

import org.jspecify.annotations.NullMarked;
