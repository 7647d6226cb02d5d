package io.crashplug.access.web;

import io.crashplug.security.Permission;
import io.crashplug.security.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Somebody who is known: by name, by what is allowed, and by which machines are theirs. */
final class KnownPrincipal extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient Scope scope;

    KnownPrincipal(String name, Set<Permission> permissions, Scope scope) {
        super(permissions.stream()
                .map(permission -> new SimpleGrantedAuthority(permission.name()))
                .toList());
        this.name = name;
        this.scope = scope;
        setAuthenticated(true);
    }

    Scope scope() {
        return scope;
    }

    @Override
    public Object getPrincipal() {
        return name;
    }

    /** None is kept. */
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof KnownPrincipal known && scope.equals(known.scope);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + scope.hashCode();
    }
}
