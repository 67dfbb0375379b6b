/** Tests of what is looked at on a machine. */
@NullMarked
package dev.rocket.bootstrap.doctor;

import org.jspecify.annotations.NullMarked;
