package io.crashplug;

import io.crashplug.command.CommandLine;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class CrashplugApplication {

    public static void main(String[] args) {
        CommandLine.run(CrashplugApplication.class, args, System.out, System.err)
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(CrashplugApplication.class, args));
    }
}
