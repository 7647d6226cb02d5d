package io.crashplug.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of RFC 9457 problems. A type's name never changes once published; {@code /problems/{name}} explains it. */
public enum ProblemType {
    INVALID_REQUEST(
            400,
            "The request is malformed",
            "A field is missing, unknown, of the wrong type or out of bounds. " + "The member errors points at each."),
    UNAUTHORIZED(
            401,
            "The service does not know who asks",
            "The request has no token, or one that is not accepted: unknown, expired or revoked. Send one as "
                    + "Authorization: Bearer TOKEN."),
    FORBIDDEN(
            403,
            "The principal may not do this",
            "Its role does not include the operation, or the machine would lie outside the labels that the principal is "
                    + "limited to. Without accounts: the request came from a web page of another site."),
    NOT_FOUND(404, "There is no such resource", "Nothing is stored under this path."),
    METHOD_NOT_ALLOWED(405, "The resource does not have this method", "The Allow header lists the methods it has."),
    NOT_ACCEPTABLE(406, "The resource has no such representation", "The Accept header names none that is offered."),
    NAME_TAKEN(409, "The name belongs to another machine", "Names are unique among machines that are not deleted."),
    TOKEN_NAME_TAKEN(
            409,
            "The name belongs to another token",
            "A name stands for one token for ever, also when it is revoked: the history goes by it."),
    WEBHOOK_NAME_TAKEN(
            409, "The name belongs to another webhook", "Names are unique among webhooks that are not deleted."),
    TOO_MANY_WEBHOOKS(
            409,
            "There are as many webhooks as there may be",
            "The operator of this service allows no more. Delete one that nobody needs."),
    DELIVERY_NOT_OVER(
            409,
            "The delivery is on its way still",
            "Only a delivery that is DELIVERED or DEAD can be sent again. To try one at once that waits, change "
                    + "its webhook: what waits is tried then."),
    ELFCOREHDR_TOO_LARGE(
            409,
            "The rebuilt elfcorehdr does not fit its segment",
            "The header for the new layout (elfszBytes) is larger than its segment (memszBytes). Nothing was changed. "
                    + "Load the image again with a larger segment, or say whenTooLarge KEEP_STALE to report a change "
                    + "that has already happened."),
    REQUEST_TIMEOUT(
            408,
            "The body came too slowly",
            "The body had not arrived in the time the service waits for it. Nothing was changed."),
    PRECONDITION_FAILED(412, "The resource has changed", "Its ETag is not the one that If-Match names."),
    BODY_TOO_LARGE(413, "The body is too large", "The body is larger than the service accepts."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body's media type is not supported",
            "The Accept header of the answer, for PATCH Accept-Patch, lists those that are."),
    RANGE_NOT_SATISFIABLE(416, "The range lies outside the representation", "No byte of the requested range exists."),
    CPU_NOT_POSSIBLE(
            422, "The CPU is not possible", "The guest booted without room for this CPU; possible CPUs never change."),
    CPU_ALREADY_PRESENT(422, "The CPU is present already", "A CPU that is plugged in cannot be added."),
    CPU_NOT_PRESENT(422, "The CPU is not present", "Only a CPU that is plugged in can be removed, or be online."),
    CPU_NOT_ONLINE(422, "The CPU is not online", "Only an online CPU can be taken offline."),
    CPU_ALREADY_ONLINE(422, "The CPU is online already", "Only an offline CPU can be brought online."),
    RANGE_OVERLAP(422, "The range overlaps other System RAM", "Two ranges of System RAM share no byte."),
    RANGE_NOT_PRESENT(
            422,
            "The range is not in the layout",
            "A removal names a whole range of the layout; a part of one "
                    + "only for virtio-mem, at its head or tail."),
    RANGE_NOT_ONLINE(422, "The memory is not online", "Only memory that is online can be taken offline."),
    RANGE_ALREADY_ONLINE(422, "The memory is online already", "Only offline memory can be brought online."),
    EVENTS_GONE(
            410,
            "The events are no longer kept",
            "Events that follow this place of the feed were forgotten, or the database was restored. Begin again without "
                    + "a pageToken: read the machines, and follow the feed from there."),
    MACHINE_TOO_LARGE(
            422,
            "The machine is larger than the service takes on",
            "It would have more ranges of System RAM, or possible CPUs, than the operator of this service allows."),
    NO_CRASH_KERNEL(422, "No memory is reserved for a crash kernel", "A crash image needs a crashKernel range."),
    INVALID_SEGMENTS(
            422,
            "The kernel would refuse the segments",
            "The member errno is what kexec would return; the " + "detail names the rule that failed."),
    ELFCOREHDR_NOT_BUILDABLE(
            422, "No elfcorehdr can be built", "The kernel's attempt would end with the error in errno."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key stands for another request",
            "A key stands for one request: method, path, query, content, Content-Type, Accept and If-Match. Take a new "
                    + "key for another one."),
    IDEMPOTENCY_KEY_IN_PROGRESS(
            409,
            "The first request with this Idempotency-Key is not answered yet",
            "Try again later with the same key: the answer of the first request is given again then."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            "The principal has used up its requests, or too many tokens that are not accepted came from this address. "
                    + "Try again after Retry-After."),
    MACHINE_BUSY(
            503,
            "The machine is busy",
            "Another change of this machine, over H2 of any machine, has not ended yet. Try again after Retry-After."),
    TOO_MANY_AT_ONCE(
            503,
            "Too many of these at once",
            "As many exports and checks, imports, tests of webhooks, readers who wait for events, or requests with a body of one address, are under way as the service "
                    + "takes on. Nothing was changed. Try again after Retry-After."),
    TOOK_TOO_LONG(
            503,
            "The request took too long",
            "It was not done in the time that the service allows, and was undone. Try again after Retry-After."),
    ISSUER_UNAVAILABLE(
            503,
            "The issuer of tokens is not available",
            "Whether the token is good could not be found out. Try again after Retry-After."),
    DATABASE_UNAVAILABLE(
            503,
            "The database is not available",
            "The service got no connection to its database in time, or lost the one it had. Whether the request was "
                    + "carried out is not known. Try again after Retry-After; with an Idempotency-Key it is carried out "
                    + "once."),
    INTERNAL(500, "The service failed", "The failure is logged under the id in the detail.");

    private final int status;
    private final String title;
    private final String explanation;

    ProblemType(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    /** The type of that published name. */
    public static Optional<ProblemType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.publishedName().equals(name))
                .findFirst();
    }

    /** The name in paths and documents: lower case, with hyphens. */
    public String publishedName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The path that is the problem's {@code type} and explains it. */
    public String path() {
        return "/problems/" + publishedName();
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String explanation() {
        return explanation;
    }
}
