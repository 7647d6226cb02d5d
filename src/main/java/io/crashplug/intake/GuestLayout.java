package io.crashplug.intake;

import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;

/** The layout that a guest itself tells of. What else it tells has to be what is known, or the operator is warned. */
public record GuestLayout(GuestFacts guest) implements LayoutSource {

    static final String NAME = "the guest";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LayoutTarget over(Machine machine, Layout before) {
        return LayoutTarget.of(guest)
                .over(machine, before)
                .with(ToldKernel.of(guest, before.cpus().possible()).differenceFrom(machine, name()));
    }
}
