package io.crashplug.access.web;

import io.crashplug.access.ApiTokens;
import io.crashplug.limits.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** How requests are authenticated, and what browsers are told. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class AccessConfiguration {

    /** What tells browsers to do no more with an answer than show it. */
    private static final List<HeaderWriter> BROWSER_HEADERS = List.of(
            header("X-Content-Type-Options", "nosniff"),
            header("X-Frame-Options", "DENY"),
            header("Referrer-Policy", "no-referrer"),
            header("Cross-Origin-Resource-Policy", "same-origin"),
            // Swagger UI is the one page that there is; its styles are partly in its elements.
            header(
                    "Content-Security-Policy",
                    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            new HstsHeaderWriter());

    private static HeaderWriter header(String name, String value) {
        return new StaticHeadersWriter(name, value);
    }

    /** Methods are checked by the resources, which answer with those that they have. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        // Nothing decodes twice.
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    /** Each filter of each request would be timed. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain access(
            SecurityProperties properties,
            HttpSecurity http,
            ApiTokens tokens,
            ObjectProvider<JwtDecoder> issuer,
            Refusals refusals,
            Limits limits,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        if (!properties.isRequired()) {
            // No more than that: it is around every request.
            return new DefaultSecurityFilterChain(
                    AnyRequestMatcher.INSTANCE, new HeaderWriterFilter(BROWSER_HEADERS), new OwnPages(problems));
        }
        var authenticator = new Authenticator(
                tokens,
                jwts(issuer.getIfAvailable(), properties.jwt()),
                new FailedTries(properties.failedTriesPerMinute()));
        return http.headers(AccessConfiguration::writeHeaders)
                // Nothing is known by a cookie, so no other site's page can act for somebody.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .oauth2ResourceServer(bearer -> bearer.authenticationManagerResolver(authenticator)
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .addFilterBefore(new RateLimit(limits.requestsPerMinute(), problems), AuthorizationFilter.class)
                .authorizeHttpRequests(AccessRules::apply)
                .build();
    }

    private static void writeHeaders(HeadersConfigurer<HttpSecurity> headers) {
        headers.defaultsDisabled();
        BROWSER_HEADERS.forEach(headers::addHeaderWriter);
    }

    private static @Nullable JwtAuthenticationProvider jwts(
            @Nullable JwtDecoder decoder, SecurityProperties.Jwt claims) {
        if (decoder == null) {
            return null;
        }
        var jwts = new JwtAuthenticationProvider(decoder);
        jwts.setJwtAuthenticationConverter(new JwtPrincipals(claims));
        return jwts;
    }
}
