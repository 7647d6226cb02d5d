package io.crashplug.access.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start what to set before other machines may reach the service. */
class UnsafeBindingAnalyzer extends AbstractFailureAnalyzer<UnsafeBinding> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafeBinding cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Set crashplug.security.authentication=required and make a token with --create-token=NAME, or let it listen"
                        + " on 127.0.0.1.",
                cause);
    }
}
