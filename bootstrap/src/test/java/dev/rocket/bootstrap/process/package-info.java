/** The packaged program, run as a process. */
@NullMarked
package dev.rocket.bootstrap.process;

import org.jspecify.annotations.NullMarked;
