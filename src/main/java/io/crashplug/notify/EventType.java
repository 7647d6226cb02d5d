package io.crashplug.notify;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can happen to a machine. Names are stored and published: they never change. */
public enum EventType {
    /** It was created or imported. */
    MACHINE_CREATED("machine.created"),
    /** Its name, labels, description or layout is another one. */
    MACHINE_CHANGED("machine.changed"),
    MACHINE_DELETED("machine.deleted"),
    CRASH_IMAGE_LOADED("crash-image.loaded"),
    CRASH_IMAGE_UNLOADED("crash-image.unloaded"),
    /** A hotplug event put other bytes of the header in force. */
    ELFCOREHDR_UPDATED("elfcorehdr.updated"),
    /** The header in force no longer describes the layout. */
    ELFCOREHDR_STALE("elfcorehdr.stale"),
    /** The header in force describes the layout, which it did not before. */
    ELFCOREHDR_CURRENT("elfcorehdr.current"),
    /** A change set was refused, and left everything else as it was. */
    ELFCOREHDR_REFUSED("elfcorehdr.refused"),
    /** Bytes dumped from the guest are not those of the header in force. */
    VERIFICATION_FAILED("verification.failed");

    private final String publishedName;

    EventType(String publishedName) {
        this.publishedName = publishedName;
    }

    /** The {@code type} of its CloudEvents. */
    public String publishedName() {
        return publishedName;
    }

    /** The type of that published name. */
    public static Optional<EventType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.publishedName.equals(name))
                .findFirst();
    }

    /** All published names, for a sentence. */
    public static String names() {
        return Arrays.stream(values()).map(EventType::publishedName).collect(Collectors.joining(", "));
    }
}
