/** What goes over the wire: answers, problem documents, and JSON in both directions. */
@NullMarked
package dev.rocket.http.wire;

import org.jspecify.annotations.NullMarked;
