package io.crashplug.intake.web;

import io.crashplug.web.InvalidField;
import org.jspecify.annotations.Nullable;

/** What an import in JSON may come from. */
enum ImportSource {
    GUEST(Name.GUEST, "iomem"),
    QMP(Name.QMP, "replies"),
    CLOUD_HYPERVISOR(Name.CLOUD_HYPERVISOR, "vmInfo"),
    COUNTS(Name.COUNTS, "memoryBytes");

    /** The names on the wire. */
    static final class Name {

        static final String GUEST = "guest";
        static final String QMP = "qmp";
        static final String CLOUD_HYPERVISOR = "cloud-hypervisor";
        static final String COUNTS = "counts";

        private Name() {}
    }

    private final String name;
    private final String field;

    ImportSource(String name, String field) {
        this.name = name;
        this.field = field;
    }

    /** The field that holds what it tells, which none of the others has, and which is blamed for what is missing in it. */
    String field() {
        return field;
    }

    /** Refuses another source than this one, which the other fields tell of. */
    void require(@Nullable String source) {
        if (source == null || source.equals(name)) {
            return;
        }
        for (var other : values()) {
            if (other.name.equals(source)) {
                throw new InvalidField(
                        "source",
                        "\"%s\" is the source of the field \"%s\", which is missing".formatted(source, other.field));
            }
        }
        throw new InvalidField(
                "source", "\"%s\" is not the source of these fields, which is \"%s\"".formatted(source, name));
    }
}
