package io.crashplug.access.web;

import io.crashplug.access.ApiTokens;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.Caller;
import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.crashplug.web.InvalidField;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "tokens", description = "API tokens: who may use the service, and what for")
class TokenController {

    private final ApiTokens tokens;
    private final PageSizes sizes;
    private final Clock clock;

    TokenController(ApiTokens tokens, Clock clock, PageSizes sizes) {
        this.tokens = tokens;
        this.sizes = sizes;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Example("operator.token.json")
    @Fails(with = ProblemType.TOKEN_NAME_TAKEN)
    @Operation(
            operationId = "createToken",
            summary = "Make a token",
            description =
                    "The answer shows the token, and nothing does so later: an Idempotency-Key is passed over here,"
                            + " because what is kept for it would be the token. If the answer is lost, revoke the token and make"
                            + " another one of another name.")
    @ApiResponse(
            responseCode = "201",
            description = "Made",
            useReturnTypeSchema = true,
            headers = @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")))
    ResponseEntity<TokenJson.Issued> create(
            @RequestBody TokenRequest request, @Parameter(hidden = true) Caller caller) {
        try {
            var issued = tokens.create(request.token(clock.instant()), caller.actor());
            return ResponseEntity.created(
                            URI.create("/api/v1/tokens/" + issued.token().name()))
                    .cacheControl(CacheControl.noStore())
                    .body(TokenJson.Issued.of(issued));
        } catch (InvalidField e) {
            throw Problem.invalid("/" + e.field(), e.detail()).toException();
        }
    }

    @GetMapping
    @Operation(
            operationId = "listTokens",
            summary = "All tokens by name",
            description = "Also those that have expired or were revoked.")
    Page<TokenJson> list(
            @Parameter(description = "Tokens on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var after = Page.after(pageToken, name -> Page.searched(name, "pageToken"));
        return Page.of(tokens.list(after, size + 1), size, TokenJson::of, token -> token.name());
    }

    @GetMapping("/{token}")
    @Fails(with = ProblemType.NOT_FOUND)
    @Operation(
            operationId = "getToken",
            summary = "One token",
            description = "What is known of it but its secret, which is not kept.")
    TokenJson get(@PathVariable String token) {
        return TokenJson.of(tokens.of(Page.searched(token, "token")));
    }

    @DeleteMapping("/{token}")
    @Fails(with = ProblemType.NOT_FOUND)
    @Operation(
            operationId = "revokeToken",
            summary = "Revoke a token",
            description = "No later request is accepted with it. It stays in the list.")
    @ApiResponse(responseCode = "204", description = "Revoked, now or before")
    ResponseEntity<Void> revoke(@PathVariable String token, @Parameter(hidden = true) Caller caller) {
        tokens.revoke(Page.searched(token, "token"), caller.actor());
        return ResponseEntity.noContent().build();
    }
}
