package io.crashplug.header.web;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operation answers that shows a header in one of its forms. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
        responseCode = "200",
        description = "The header",
        useReturnTypeSchema = true,
        headers = @Header(name = "ETag", description = "Of the representation", schema = @Schema(type = "string")))
@ApiResponse(responseCode = "304", description = "It is the one that If-None-Match names")
@interface AnswersHeader {}
