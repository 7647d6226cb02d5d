package io.crashplug.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a principal is, which says what it may do. Names are stored and published: they never change. */
public enum Role {
    VIEWER,
    OPERATOR,
    AUDITOR,
    ADMIN;

    /** The role of that published name. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.publishedName().equals(name))
                .findFirst();
    }

    /** The name in documents and tokens: lower case. */
    public String publishedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Set<Permission> permissions() {
        return switch (this) {
            case AUDITOR -> EnumSet.of(Permission.READ_HISTORY);
            case VIEWER -> EnumSet.of(Permission.READ_HISTORY, Permission.READ);
            case OPERATOR -> EnumSet.of(Permission.READ_HISTORY, Permission.READ, Permission.CHANGE);
            case ADMIN -> EnumSet.allOf(Permission.class);
        };
    }
}
