package io.crashplug.web;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Reads on, after a body was refused, what a client still sends. Many clients listen only when they have sent all; to
 * them a connection that is closed before says nothing of the reason.
 */
@Configuration(proxyBeanMethods = false)
class RefusedBodies {

    private static final long MOST_BYTES = 8 * BodyLimit.MAX_BYTES;

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> readsRefusedBodies() {
        return server -> server.addConnectorCustomizers(
                connector -> connector.setProperty("maxSwallowSize", Long.toString(MOST_BYTES)));
    }
}
