package io.crashplug.verification;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.ExcludeRule;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.PhysicalRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The header as kexec-tools builds it for kexec_load: it keeps the first MiB, of which the lowest range is read from a
 * backup in the crash kernel's memory, and takes kernel text from /proc/kcore.
 */
final class KexecTools {

    private static final long LOW_1M_BYTES = 0x100000;
    private static final long LOWEST_RAM_END = 0xa0000;
    private static final long ALIGN_BYTES = 1024;
    private static final long TEXT_ALIGN_BYTES = 0x100000;

    private KexecTools() {}

    /** Whether a header lists memory of the first MiB, which Linux itself never does. */
    static boolean isFormatOf(List<Elf64Phdr> ram) {
        return ram.stream().anyMatch(load -> Long.compareUnsigned(load.paddr(), LOW_1M_BYTES) < 0);
    }

    /** The entry of the lowest memory, whose offset says where its backup lies. */
    static Optional<Elf64Phdr> backupIn(List<Elf64Phdr> phdrs) {
        return phdrs.stream()
                .filter(phdr -> phdr.isLoad() && Long.compareUnsigned(phdr.paddr(), LOWEST_RAM_END) < 0)
                .findFirst();
    }

    /** Whether the backup can lie there: userspace places it, aligned, in the crash kernel's memory. */
    static boolean isPlausible(Elf64Phdr backup, CrashKernel crashKernel) {
        var high = crashKernel.high();
        return high != null
                && backup.offset() % ALIGN_BYTES == 0
                && backup.memsz() > 0
                && backup.memsz() <= LOWEST_RAM_END
                && backup.offset() >= high.start()
                && backup.offset() + backup.memsz() - 1 <= high.end();
    }

    /**
     * The header of a guest.
     *
     * @param inputs its present CPUs are those that have notes
     * @param ehdr an ELF header, of which only e_phnum is replaced
     * @param backup where the backup of the lowest memory lies; empty if it lies nowhere
     * @param listedText kernel text as the header has it, which may be rounded
     */
    static DecodedHeader header(
            HeaderInputs inputs, Elf64Ehdr ehdr, OptionalLong backup, @Nullable Elf64Phdr listedText) {
        var phdrs = new ArrayList<Elf64Phdr>();
        inputs.present().stream()
                .forEach(cpu -> phdrs.add(note(inputs.notes().addressOf(cpu), inputs.noteSizeBytes())));
        phdrs.add(note(inputs.vmcoreinfo().address(), inputs.vmcoreinfo().sizeBytes()));
        var text = inputs.text();
        if (text != null) {
            phdrs.add(text(text, listedText));
        }
        var left = backup;
        for (var range : withoutCrashKernel(inputs)) {
            boolean isBackedUp = left.isPresent() && range.end() <= LOWEST_RAM_END;
            long offset = isBackedUp ? left.getAsLong() : range.start();
            phdrs.add(load(offset, range.start() + inputs.pageOffset(), range.start(), range.sizeBytes()));
            left = OptionalLong.empty();
        }
        return new DecodedHeader(VmcoreForm.withPhnum(ehdr, phdrs.size() & 0xffff), phdrs);
    }

    private static List<PhysicalRange> withoutCrashKernel(HeaderInputs inputs) {
        var memory = inputs.systemRam();
        for (var reserved : new PhysicalRange[] {
            inputs.crashKernel().low(), inputs.crashKernel().high()
        }) {
            memory = reserved == null ? memory : without(memory, reserved);
        }
        return memory.ranges();
    }

    private static CrashMemory without(CrashMemory memory, PhysicalRange reserved) {
        return memory.exclude(reserved, ExcludeRule.THROUGH_ALL, memory.count() + 1)
                .memory();
    }

    private static Elf64Phdr text(KernelText text, @Nullable Elf64Phdr listed) {
        long rounded = text.virtualAddress() & -TEXT_ALIGN_BYTES;
        return listed != null && listed.vaddr() == rounded && rounded != text.virtualAddress()
                ? load(text.physicalAddress(), rounded, text.physicalAddress(), listed.memsz())
                : load(text.physicalAddress(), text.virtualAddress(), text.physicalAddress(), text.sizeBytes());
    }

    private static Elf64Phdr note(long address, long size) {
        return new Elf64Phdr(Elf64Phdr.PT_NOTE, 0, address, 0, address, size, size, 0);
    }

    private static Elf64Phdr load(long offset, long vaddr, long paddr, long size) {
        return new Elf64Phdr(Elf64Phdr.PT_LOAD, Elf64Phdr.PF_RWX, offset, vaddr, paddr, size, size, 0);
    }
}
