/// TLS: the certificate the server shows, and how those who talk to it from the same machine know
/// that it is the right one. Knows no route.
@NullMarked
package dev.palimpsest.api.tls;

import org.jspecify.annotations.NullMarked;
