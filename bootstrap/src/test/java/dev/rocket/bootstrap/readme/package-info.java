/** What README says, held against the program. */
@NullMarked
package dev.rocket.bootstrap.readme;

import org.jspecify.annotations.NullMarked;
