/** The command line, one file a verb. */
@NullMarked
package dev.rocket.bootstrap.command;

import org.jspecify.annotations.NullMarked;
