package io.crashplug.access.web;

import static io.crashplug.security.Permission.ADMINISTER;
import static io.crashplug.security.Permission.CHANGE;
import static io.crashplug.security.Permission.READ;
import static io.crashplug.security.Permission.READ_HISTORY;

import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/** Which permission a request needs. */
final class AccessRules {

    private AccessRules() {}

    /** The first that a request meets decides. */
    static void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.requestMatchers("/problems/**", "/v3/api-docs*/**", "/swagger-ui.html", "/swagger-ui/**", "/error")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/actuator/health/**")
                .permitAll()
                .requestMatchers("/api/v1/tokens/**", "/api/v1/webhooks/**", "/api/v1/export", "/api/v1/store-checks")
                .hasAuthority(ADMINISTER.name())
                .requestMatchers(HttpMethod.GET, "/api/v1/machines/*/hotplug-events/**")
                .hasAuthority(READ_HISTORY.name())
                .requestMatchers(HttpMethod.HEAD, "/api/v1/machines/*/hotplug-events/**")
                .hasAuthority(READ_HISTORY.name())
                .requestMatchers(HttpMethod.GET, "/api/v1/events")
                .hasAuthority(READ_HISTORY.name())
                .requestMatchers(HttpMethod.HEAD, "/api/v1/events")
                .hasAuthority(READ_HISTORY.name())
                .requestMatchers(HttpMethod.POST, "/api/v1/elfcorehdr-previews", "/api/v1/elfcorehdr-decodings")
                .hasAuthority(READ.name());
        for (var method : List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS)) {
            requests.requestMatchers(method, "/**").hasAuthority(READ.name());
        }
        requests.anyRequest().hasAuthority(CHANGE.name());
    }
}
