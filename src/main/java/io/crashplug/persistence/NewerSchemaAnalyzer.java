package io.crashplug.persistence;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start what to do about a database that is too new. */
class NewerSchemaAnalyzer extends AbstractFailureAnalyzer<NewerSchema> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NewerSchema cause) {
        return new FailureAnalysis(
                cause.getMessage() + " Nothing was changed.",
                "Start the version of Crashplug that wrote the database last, or a newer one;"
                        + " or start this one on another database.",
                cause);
    }
}
