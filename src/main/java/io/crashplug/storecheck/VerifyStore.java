package io.crashplug.storecheck;

import io.crashplug.command.Command;
import io.crashplug.command.StartUpOption;
import java.io.PrintStream;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Checks the whole store from the command line: a line for each finding, then a summary. */
@Component
@ConditionalOnProperty("verify-store")
class VerifyStore implements Command {

    private static final int PAGE = 200;
    private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();

    private final StoreChecks checks;

    VerifyStore(StoreChecks checks) {
        this.checks = checks;
    }

    @Override
    public StartUpOption option() {
        return StartUpOption.VERIFY_STORE;
    }

    @Override
    public int run(@Nullable String value, PrintStream out, PrintStream progress) {
        long machines = checks.machines();
        long checked = 0;
        long findings = 0;
        long told = System.nanoTime();
        UUID last = null;
        do {
            var page = checks.after(last, PAGE);
            page.findings().forEach(finding -> out.println(line(finding)));
            checked += page.machines();
            findings += page.findings().size();
            last = page.last();
            if (System.nanoTime() - told >= PROGRESS_NANOS) {
                told = System.nanoTime();
                progress.printf("checked %d of %d machines, %d findings%n", checked, machines, findings);
            }
        } while (last != null);
        out.printf("checked %d machines: %s%n", checked, findings == 0 ? "all is well" : findings + " findings");
        return findings == 0 ? WELL : FOUND_WRONG;
    }

    private static String line(Finding finding) {
        return "%s %s %s: %s".formatted(finding.machineId(), finding.name(), finding.check(), finding.detail());
    }
}
