/** The words of the domain: records and enums that depend on nothing. */
@NullMarked
package dev.rocket.core.model;

import org.jspecify.annotations.NullMarked;
