/** The page that people open in a browser, as files. */
@NullMarked
package dev.rocket.http.web;

import org.jspecify.annotations.NullMarked;
