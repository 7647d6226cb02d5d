package io.crashplug.access.web;

import io.crashplug.security.CurrentScope;
import io.crashplug.security.Scope;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The machines of the principal whose request this thread serves. */
@Component
class PrincipalScope implements CurrentScope {

    @Override
    public Scope get() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof KnownPrincipal known
                ? known.scope()
                : Scope.EVERYTHING;
    }
}
