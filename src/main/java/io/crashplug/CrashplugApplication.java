package io.crashplug;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class CrashplugApplication {

    public static void main(String[] args) {
        SpringApplication.run(CrashplugApplication.class, args);
    }
}
