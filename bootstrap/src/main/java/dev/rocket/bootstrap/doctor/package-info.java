/** What an operator would look at by hand on a machine. */
@NullMarked
package dev.rocket.bootstrap.doctor;

import org.jspecify.annotations.NullMarked;
