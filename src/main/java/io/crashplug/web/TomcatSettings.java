package io.crashplug.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What Tomcat does by itself, behind the filters and before them. */
@Configuration(proxyBeanMethods = false)
class TomcatSettings {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> behindAndBeforeFilters() {
        return server -> {
            server.addEngineValves(new UnreadBodies());
            server.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemReports.class.getName());
                }
            });
        };
    }

    /** Tomcat reports as an error what cannot be read behind a request, also where that was answered already. */
    @Bean
    FilterRegistrationBean<Filter> noSecondAnswer() {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            if (!response.isCommitted()) {
                chain.doFilter(request, response);
            }
        });
        registration.setDispatcherTypes(DispatcherType.ERROR, DispatcherType.INCLUDE);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
