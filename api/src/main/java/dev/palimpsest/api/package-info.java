/// Where everything is wired: the program, its settings, the data folder, and what runs in it. The
/// only room that reads the environment, and one of two that may look at the clock. Knows the
/// others by their constructors; how HTTP looks is said in `route` and `wire`.
@NullMarked
package dev.palimpsest.api;

import org.jspecify.annotations.NullMarked;
