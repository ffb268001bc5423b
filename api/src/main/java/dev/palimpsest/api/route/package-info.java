/// The HTTP door: routes that translate requests into calls of the ledger, the write door and the
/// reader, and what comes back into wire records. They decide nothing. Knows no engine behind the
/// ports, no command line and no environment.
@NullMarked
package dev.palimpsest.api.route;

import org.jspecify.annotations.NullMarked;
