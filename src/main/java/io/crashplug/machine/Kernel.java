package io.crashplug.machine;

import io.crashplug.elfcore.KernelConfig;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.Vmcoreinfo;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

/**
 * What a machine's kernel is, as far as it bears on the header. It never changes, so events do not write it.
 *
 * @param release what uname -r prints; says nothing about the rules
 * @param pageOffset PAGE_OFFSET, unsigned
 * @param physicalAddressBits 46 with 4-level paging, 52 with 5-level
 * @param totalRamPages pages the guest counts; null to take them from System RAM
 */
@Embeddable
public record Kernel(
        @Column(updatable = false) @Enumerated(EnumType.STRING)
        KernelProfile profile,

        @Column(updatable = false) String release,
        @Column(updatable = false) int nrCpusDefault,
        @Column(updatable = false) int crashMaxMemoryRanges,
        @Column(updatable = false) boolean memoryHotplug,
        @Column(updatable = false) long elfcorehdrSizeBytes,
        @Column(updatable = false) long pageOffset,
        @Column(updatable = false) @Nullable Long textVirtualAddress,
        @Column(updatable = false) @Nullable Long textPhysicalAddress,
        @Column(updatable = false) @Nullable Long textSizeBytes,
        @Column(updatable = false) @Nullable Long vmcoreinfoAddress,
        @Column(updatable = false) @Nullable Long vmcoreinfoSizeBytes,
        @Column(updatable = false) int physicalAddressBits,
        @Column(updatable = false) @Nullable Long totalRamPages) {

    /** __PAGE_OFFSET_BASE_L4 (arch/x86/include/asm/page_64_types.h, Linux 6.6): the direct map with 4-level paging, no KASLR. */
    public static final long PAGE_OFFSET_4_LEVEL = 0xffff888000000000L;

    /** MAX_PHYSMEM_BITS with 4-level and 5-level paging (arch/x86/include/asm/sparsemem.h, Linux 6.6). */
    public static final int PHYSICAL_ADDRESS_BITS_4_LEVEL = 46;

    public static final int PHYSICAL_ADDRESS_BITS_5_LEVEL = 52;

    /** A kernel of these facts; null for what is not known. */
    public static Kernel of(
            KernelProfile profile,
            String release,
            KernelConfig config,
            long pageOffset,
            @Nullable KernelText text,
            @Nullable Vmcoreinfo vmcoreinfo,
            int physicalAddressBits,
            @Nullable Long totalRamPages) {
        return new Kernel(
                profile,
                release,
                config.nrCpusDefault(),
                config.crashMaxMemoryRanges(),
                config.memoryHotplug(),
                config.elfcorehdrSizeBytes(),
                pageOffset,
                text == null ? null : text.virtualAddress(),
                text == null ? null : text.physicalAddress(),
                text == null ? null : text.sizeBytes(),
                vmcoreinfo == null ? null : vmcoreinfo.address(),
                vmcoreinfo == null ? null : vmcoreinfo.sizeBytes(),
                physicalAddressBits,
                totalRamPages);
    }

    /** Pages the guest has: what it was said to count, or else what System RAM has. */
    public long totalRamPages(Layout layout) {
        return totalRamPages == null ? layout.ramPages() : totalRamPages;
    }

    /** Whether the guest can address all of the range. */
    public boolean canAddress(PhysicalRange range) {
        return range.end() >>> physicalAddressBits == 0;
    }

    public KernelConfig config() {
        return new KernelConfig(nrCpusDefault, crashMaxMemoryRanges, memoryHotplug, elfcorehdrSizeBytes);
    }

    public @Nullable KernelText text() {
        return textVirtualAddress == null || textPhysicalAddress == null || textSizeBytes == null
                ? null
                : new KernelText(textVirtualAddress, textPhysicalAddress, textSizeBytes);
    }

    public @Nullable Vmcoreinfo vmcoreinfo() {
        return vmcoreinfoAddress == null || vmcoreinfoSizeBytes == null
                ? null
                : new Vmcoreinfo(vmcoreinfoAddress, vmcoreinfoSizeBytes);
    }
}
