package io.crashplug.intake.web;

import io.crashplug.intake.GuestImport;
import io.crashplug.limits.AtOnce;
import io.crashplug.limits.Limits;
import io.crashplug.machine.RegisterMachine;
import io.crashplug.machine.web.MachineJson;
import io.crashplug.web.IfMatch;
import java.net.URI;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Makes machines from what guests tell, few at a time, whatever it came as. */
@Component
class Imports {

    private final RegisterMachine register;
    private final AtOnce atOnce;

    Imports(RegisterMachine register, Limits limits) {
        this.register = register;
        this.atOnce = new AtOnce(limits.importsAtOnce(), "imports");
    }

    /**
     * The answer to an import.
     *
     * @param read what is imported, read only when it is its turn
     * @throws io.crashplug.web.InvalidField if a field of it cannot be
     * @throws io.crashplug.problem.ProblemException if the layout is impossible, or too many imports are under way
     */
    ResponseEntity<Imported> of(Supplier<GuestImport.Result> read) {
        return inTurn(() -> {
            var result = read.get();
            return register.create(result.machine(), state -> {
                var machine = MachineJson.of(state);
                return ResponseEntity.created(URI.create("/api/v1/machines/" + machine.id()))
                        .eTag(IfMatch.etag(state.machine().version()))
                        .body(new Imported(
                                machine,
                                machine.exactness(),
                                result.missing(),
                                OriginJson.of(result.origins()),
                                Imported.WarningJson.of(result.warnings())));
            });
        });
    }

    /**
     * Does what an import asks for, one of few at a time.
     *
     * @throws io.crashplug.problem.ProblemException too-many-at-once if too many imports are under way
     */
    <T> T inTurn(Supplier<T> work) {
        return atOnce.run(work);
    }
}
