package io.crashplug.diff;

import io.crashplug.elfcore.Elf64Phdr;
import java.math.BigInteger;

/** How the value of a field is written. */
public enum Notation {
    /** Decimal. */
    NUMBER {
        @Override
        public String text(BigInteger value) {
            return value.toString();
        }
    },
    /** Hexadecimal with {@code 0x}. */
    ADDRESS {
        @Override
        public String text(BigInteger value) {
            return "0x" + value.toString(16);
        }
    },
    /** The 16 bytes of e_ident as pairs of hexadecimal digits. */
    IDENT {
        @Override
        public String text(BigInteger value) {
            return "%032x".formatted(value);
        }
    },
    /** The kernel's name of a program header's type, or hexadecimal for one that no elfcorehdr has. */
    PHDR_TYPE {
        @Override
        public String text(BigInteger value) {
            return switch (value.intValue()) {
                case Elf64Phdr.PT_LOAD -> "PT_LOAD";
                case Elf64Phdr.PT_NOTE -> "PT_NOTE";
                default -> ADDRESS.text(value);
            };
        }
    };

    /** The value in words. */
    public abstract String text(BigInteger value);
}
