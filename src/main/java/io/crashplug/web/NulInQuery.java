package io.crashplug.web;

import io.crashplug.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses a NUL in a query, as {@link InvalidField#text} does in a body: PostgreSQL has no text with one. */
@Configuration(proxyBeanMethods = false)
class NulInQuery implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            throw Problem.invalid("query", "the query holds a NUL character").toException();
        }
        return true;
    }
}
