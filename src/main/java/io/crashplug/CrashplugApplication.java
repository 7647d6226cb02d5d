package io.crashplug;

import io.crashplug.command.CommandLine;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

// Nobody signs in with a password; the one HTTP client is made when something is first sent.
@ConfigurationPropertiesScan
@SpringBootApplication(
        exclude = {
            UserDetailsServiceAutoConfiguration.class,
            HttpClientAutoConfiguration.class,
            HttpClientMetricsAutoConfiguration.class,
            HttpServiceClientPropertiesAutoConfiguration.class,
            ImperativeHttpClientAutoConfiguration.class,
            ReactiveHttpClientAutoConfiguration.class
        })
public class CrashplugApplication {

    public static void main(String[] args) {
        CommandLine.run(CrashplugApplication.class, args, System.out, System.err)
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(CrashplugApplication.class, args));
    }
}
