@NullMarked
package dev.rocket.bootstrap.command;

import org.jspecify.annotations.NullMarked;
