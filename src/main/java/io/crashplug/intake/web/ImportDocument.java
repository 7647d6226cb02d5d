package io.crashplug.intake.web;

import io.crashplug.intake.GuestImport;
import io.crashplug.intake.LayoutSource;
import io.swagger.v3.oas.annotations.media.Schema;

/** What an import may be, in JSON: what its fields say, and {@code source} if it is there. */
@Schema(
        name = "ImportDocument",
        oneOf = {GuestBundle.class, QmpBundle.class, CloudHypervisorBundle.class, CountsBundle.class})
sealed interface ImportDocument permits GuestBundle, HypervisorDocument {

    /**
     * A machine of it.
     *
     * @throws io.crashplug.web.InvalidField if a field cannot be, or one that a machine needs is missing
     * @throws io.crashplug.problem.ProblemException if the layout is impossible
     */
    GuestImport.Result machine();

    /**
     * What it tells of the layout of a machine that exists.
     *
     * @throws io.crashplug.web.InvalidField if a field cannot be
     */
    LayoutSource layout();
}
