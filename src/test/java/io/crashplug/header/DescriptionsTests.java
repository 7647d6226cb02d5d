package io.crashplug.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.Elf64Phdr;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptionsTests {

    private static final Elf64Phdr NOTE = new Elf64Phdr(Elf64Phdr.PT_NOTE, 0, 0, 0, 0x6000, 368, 368, 0);
    private static final Elf64Phdr RAM = new Elf64Phdr(Elf64Phdr.PT_LOAD, 7, 0, 0, 0x100000, 0x1000, 0x1000, 0);

    @Test
    void notesBehindMemoryAreNumberedByTheirPlace() {
        assertThat(Descriptions.OF_UNKNOWN_GUEST.of(List.of(NOTE, RAM, NOTE)))
                .containsExactly("vmcoreinfo", "System RAM", "crash_notes of CPU 2");
        assertThat(Descriptions.OF_UNKNOWN_GUEST.of(List.of(RAM, NOTE)))
                .containsExactly("System RAM", "crash_notes of CPU 1");
    }
}
