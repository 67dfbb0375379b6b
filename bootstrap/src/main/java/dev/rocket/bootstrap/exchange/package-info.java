/** Readers and writers of files that other programs, or other stores, made. */
@NullMarked
package dev.rocket.bootstrap.exchange;

import org.jspecify.annotations.NullMarked;
