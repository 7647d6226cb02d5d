package io.crashplug.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.Map;
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

    /**
     * What Tomcat holds for each connection, in bytes, where its own defaults are 8 KiB each: to read into, to write
     * from, and from a request's first byte on for what may follow a chunked body.
     */
    private static final Map<String, String> BUFFERS =
            Map.of("socket.appReadBufSize", "2048", "socket.appWriteBufSize", "4096", "maxTrailerSize", "1024");

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> behindAndBeforeFilters() {
        return server -> {
            server.addEngineValves(new UnreadBodies());
            server.addConnectorCustomizers(connector -> BUFFERS.forEach(connector::setProperty));
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
