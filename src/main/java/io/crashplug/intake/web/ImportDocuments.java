package io.crashplug.intake.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells by its fields which document an import is. Not by annotations of the documents, from which the OpenAPI document
 * would take that each holds the others.
 */
@Configuration(proxyBeanMethods = false)
class ImportDocuments {

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = GuestBundle.class)
    @JsonSubTypes({
        @JsonSubTypes.Type(GuestBundle.class),
        @JsonSubTypes.Type(QmpBundle.class),
        @JsonSubTypes.Type(CloudHypervisorBundle.class),
        @JsonSubTypes.Type(CountsBundle.class)
    })
    private interface ByItsFields {}

    @Bean
    JsonMapperBuilderCustomizer importDocumentsByTheirFields() {
        return mapper -> mapper.addMixIn(ImportDocument.class, ByItsFields.class);
    }
}
