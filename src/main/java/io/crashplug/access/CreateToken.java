package io.crashplug.access;

import io.crashplug.command.Command;
import io.crashplug.command.CommandFailed;
import io.crashplug.command.StartUpOption;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.ProblemException;
import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import java.io.PrintStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Makes a token of the role admin from the command line: the first one, which no other can ask for. */
@Component
@ConditionalOnProperty("create-token")
class CreateToken implements Command {

    private static final String ACTOR = "command-line";

    private final ApiTokens tokens;

    CreateToken(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public StartUpOption option() {
        return StartUpOption.CREATE_TOKEN;
    }

    @Override
    public int run(@Nullable String value, PrintStream out, PrintStream progress) {
        var name = Objects.requireNonNull(value);
        if (!MachineRef.isName(name)) {
            throw new CommandFailed(
                    "a token's name has 1 to 63 letters, digits, dots, underscores and hyphens, and begins with a letter"
                            + " or digit");
        }
        try {
            var issued = tokens.create(new NewToken(name, Role.ADMIN, Scope.EVERYTHING, null), ACTOR);
            progress.println("The token is shown once; send it as \"Authorization: Bearer TOKEN\".");
            out.println(issued.text());
            return WELL;
        } catch (ProblemException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        }
    }
}
