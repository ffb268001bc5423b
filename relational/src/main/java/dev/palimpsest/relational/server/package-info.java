/// The PostgreSQL that comes with the product: unpacks it, makes its data folder, starts it as a
/// child process and stops it. Knows files, users and signals, but no table and no SQL beyond
/// making the one database.
@NullMarked
package dev.palimpsest.relational.server;

import org.jspecify.annotations.NullMarked;
