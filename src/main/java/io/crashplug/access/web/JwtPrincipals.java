package io.crashplug.access.web;

import io.crashplug.security.Permission;
import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Reads a principal from a JWT whose signature, issuer and times were checked. One that says something this service cannot
 * make sense of is refused as a whole, lest a limit be passed over.
 */
final class JwtPrincipals implements Converter<Jwt, KnownPrincipal> {

    /** What every database can keep and every log can show: neither control characters nor half a surrogate pair. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,200}");

    private final SecurityProperties.Jwt claims;

    JwtPrincipals(SecurityProperties.Jwt claims) {
        this.claims = claims;
    }

    @Override
    public KnownPrincipal convert(Jwt jwt) {
        var name = jwt.getClaims().get(claims.principalClaim());
        if (!(name instanceof String text)
                || text.isBlank()
                || !NAME.matcher(text).matches()) {
            throw refused(claims.principalClaim());
        }
        var permissions = EnumSet.noneOf(Permission.class);
        for (var role : texts(jwt, claims.rolesClaim())) {
            Role.named(role).map(Role::permissions).ifPresent(permissions::addAll);
        }
        var scope = scope(jwt);
        if (permissions.contains(Permission.ADMINISTER) && !scope.isEverything()) {
            throw refused("labels of an admin");
        }
        // No API token is called so.
        return new KnownPrincipal("jwt:" + text, permissions, scope);
    }

    private Scope scope(Jwt jwt) {
        var claim = claims.labelsClaim();
        var labels = new HashMap<String, String>();
        for (var pair : claim == null ? List.<String>of() : texts(jwt, claim)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || labels.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw refused(claim);
            }
        }
        return new Scope(labels);
    }

    /** The texts of a claim; none if it is not there. */
    private static List<String> texts(Jwt jwt, String claim) {
        var value = jwt.getClaims().get(claim);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw refused(claim);
    }

    private static InvalidBearerTokenException refused(@Nullable String claim) {
        return new InvalidBearerTokenException("the JWT's " + Objects.requireNonNull(claim) + " cannot be used");
    }
}
