/// Bearer tokens of an OpenID Connect issuer, beside keys of this house: which are taken, and what
/// they let their bearers do.
@NullMarked
package dev.palimpsest.api.oidc;

import org.jspecify.annotations.NullMarked;
