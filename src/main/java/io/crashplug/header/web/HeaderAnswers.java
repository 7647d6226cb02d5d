package io.crashplug.header.web;

import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.ReadelfText;
import io.crashplug.web.IfNoneMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The forms in which a header is shown, apart from its bytes. */
final class HeaderAnswers {

    private HeaderAnswers() {}

    static ResponseEntity<ElfcorehdrJson> json(Elfcorehdr header, @Nullable String ifNoneMatch) {
        return IfNoneMatch.answer(ifNoneMatch, etag(header, "json"), () -> ElfcorehdrJson.of(header));
    }

    static ResponseEntity<String> text(Elfcorehdr header, @Nullable String ifNoneMatch) {
        return IfNoneMatch.answer(ifNoneMatch, etag(header, "text"), () -> ReadelfText.of(header.requireDecoded()));
    }

    /** The JSON also shows the generation, which may change while the bytes do not. */
    private static String etag(Elfcorehdr header, String form) {
        var inForce = header.inForce();
        return inForce == null
                ? "\"none\""
                : "\"%s:%d:%s:%s\"".formatted(form, inForce.revision(), inForce.generation(), inForce.sha256());
    }
}
