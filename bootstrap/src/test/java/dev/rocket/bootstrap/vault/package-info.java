/** Places where copies are kept, over real folders and a real server that speaks S3. */
@NullMarked
package dev.rocket.bootstrap.vault;

import org.jspecify.annotations.NullMarked;
