package io.crashplug;

import io.crashplug.command.CommandLine;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

// Nobody signs in with a password.
@ConfigurationPropertiesScan
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class CrashplugApplication {

    public static void main(String[] args) {
        CommandLine.run(CrashplugApplication.class, args, System.out, System.err)
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(CrashplugApplication.class, args));
    }
}
